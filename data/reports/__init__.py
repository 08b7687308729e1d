"""Reports: one week's figures as frozen values, and their forms as HTML, PDF and XLSX. Knows no screen."""

use importing;

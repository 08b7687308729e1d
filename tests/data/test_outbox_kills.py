"""A desk that is killed while it sends loses no notice; the benchmark with a few kills."""

import re
import subprocess
import sys


def test_a_desk_that_is_killed_between_steps_of_sending_loses_nothing(root):
    command = [sys.executable, "benchmarks/outbox_kills.py", "--kills", "7"]
    run = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Every promise held." in run.stdout
    assert re.search(r"the receiver has it and has not answered +1\n", run.stdout)
    counted = {
        name: int(number)
        for name, number in re.findall(r"^ {2}(acts|letters|notices|repeats).* (\d+)$", run.stdout, re.MULTILINE)
    }
    assert counted["repeats"] >= 1
    assert counted["letters"] == counted["notices"] + counted["repeats"]
    assert counted["notices"] >= counted["acts"]

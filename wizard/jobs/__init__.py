"""What the program can do, one file each: `run(services, input, report, stop)` gives a result or raises `Problem`.

Jobs block, so they run on workers. They know no Qt; `report` and the result are the only ways out.
"""

"""What ``benchmarks.all_figures`` is made of: sets and goals, processes, readings, tables, page, archives."""

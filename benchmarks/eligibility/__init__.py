"""How much of a support-programme notice is read, judged by notices that were read by hand."""

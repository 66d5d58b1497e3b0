"""The front door's code lists and clocks: dated data with a source, read from the YAML files beside this one."""

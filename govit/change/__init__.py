"""变更：what changed in a project since its approved revision, and what its regulation makes of that. Pure."""

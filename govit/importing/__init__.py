"""导入：a plan workbook that people edited, or another bureau's list, back into project.yaml files."""

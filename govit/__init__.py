"""govit：政务信息化项目卷宗即代码（dossier-as-code）."""

__version__ = "0.1.0"

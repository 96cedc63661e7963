"""The course: what its lessons show, ask and check. README.md here says where things live."""

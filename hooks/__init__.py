"""What Git itself executes: a POSIX shell shim, shipped as `schemadiff.shims`."""

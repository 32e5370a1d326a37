public func shims() { print(PackageResources.pre_push) }

/// Whether `killed-at` can trace a program here: containers may forbid it, other systems have no such call.
///
/// The test target must depend on `killed-at`.
package let canTrace: Bool = {
  do { return try TestRepository().run(binary("killed-at"), ["0", "true"]).status == 0 } catch {
    return false
  }
}()

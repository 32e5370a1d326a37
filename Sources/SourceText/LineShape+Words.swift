/// Words that a line may begin with. Each list is made once: these are asked for every line of a history.
extension LineShape {
  static let extending: [Word] = ["extend"]
  static let flow: [Word] = ["if", "for", "while", "guard", "switch", "else", "select", "case", "return"]
  static let looping: [Word] = ["in", "of", "else"]
  static let bringing: [Word] = ["require", "import"]
  static let mutable: [Word] = ["mut"]

  /// What stands before a member and says who may see it, or how it lives.
  static let accessWords: [Word] = [
    "public", "private", "protected", "internal", "static", "final", "abstract", "override", "virtual",
    "async", "readonly", "sealed", "synchronized", "native", "volatile", "transient", "partial", "required",
    "late", "const", "external", "default", "unsafe", "new", "extern", "get", "set", "accessor", "declare",
    "export", "open", "var",
  ]
  static let exporting: [Word] = ["new", "export", "open"]

  static let swiftBindings: [Word] = ["let", "var"]
  static let indirect: [Word] = ["indirect"]
  static let rustAccess: [Word] = ["pub"]
  static let cStatements: [Word] = [
    "return", "else", "if", "while", "for", "switch", "case", "goto", "typedef",
  ]
  static let scriptStatements: [Word] = [
    "if", "for", "while", "switch", "catch", "function", "return", "with", "await",
  ]
  static let phpAccess: [Word] = ["public", "private", "protected", "static", "readonly", "var", "final"]
  static let phpConstants: [Word] = ["case", "const"]

  /// What is followed by the one name it defines, by several, and by a table's name first.
  static let rubyRelations: [Word] = [
    "has_many", "has_one", "belongs_to", "scope", "attribute", "enum", "resources", "resource",
    "create_table", "namespace", "has_one_attached", "has_rich_text",
  ]
  static let rubyAttributes: [Word] = [
    "attr_accessor", "attr_reader", "attr_writer", "class_attribute", "mattr_accessor", "cattr_accessor",
  ]
  static let rubyColumns: [Word] = ["add_column", "add_reference", "add_belongs_to"]
  static let rubyNoColumns: [Word] = ["index", "remove"]
  static let elixirFields: [Word] = [
    "field", "belongs_to", "has_many", "has_one", "add", "embeds_one", "embeds_many",
  ]

  static let sqlKinds: [Word] = ["table", "view", "function", "procedure", "type", "trigger", "index"]
  static let sqlConditions: [Word] = ["if", "not", "exists", "concurrently"]
}

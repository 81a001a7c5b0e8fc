"""Every figure computed about a visit, as pure functions of a `VisitState`; nothing here reads or writes the store."""

// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

extension StructuralReader {
  /// Finds what each column reads, and the order in which everything can be made.
  mutating func order() throws(DataError) {
    let references = StructuralReferences(scope: model.scope)
    for (place, made) in made {
      let found = references.found(in: made.formula.expression, table: place.table)
      let lags = made.formula.expression.parts.map { part in
        if case .lag(_, let periods) = part.kind { -periods } else { 0 }
      }
      model.tables[place.table].lagDepth = max(
        model.tables[place.table].lagDepth, lags.max() ?? 0)
      model.tables[place.table].columns[place.column].sources = found.compactMap { item in
        item.column.map { .init(table: item.table, column: $0) }
      }
    }
    let model = model
    let made = made
    let declared = declarations.tables
    func part(_ found: StructuralReferences.Found) -> StructuralOrder.Part {
      guard let column = found.column else { return .rows(found.table) }
      return model.tables[found.table].periods != nil
        ? .panel(found.table) : .column(.init(table: found.table, column: column))
    }
    func needs(_ place: StructuralModel.Place) -> [StructuralReferences.Found] {
      made[place].map { references.found(in: $0.formula.expression, table: place.table) } ?? []
    }
    var order = StructuralOrder(
      needs: { wanted in
        switch wanted {
        case .rows(let table):
          guard let parent = model.tables[table].parent else { return [] }
          let rows = declared[table].rows.map {
            references.found(in: $0.formula.expression, table: parent).map(part)
          }
          return [.rows(parent)] + (rows ?? [])
        case .column(let place): return [.rows(place.table)] + needs(place).map(part)
        case .panel(let table):
          let inner = model.tables[table].columns.indices.flatMap {
            needs(.init(table: table, column: $0)).filter { $0.table != table }
          }
          return [.rows(table)] + inner.map(part)
        }
      },
      name: { part in
        switch part {
        case .rows(let table): "the rows of \(model.tables[table].name)"
        case .column(let place): model.name(of: place)
        case .panel(let table): model.tables[table].name
        }
      },
      place: { part in
        switch part {
        case .column(let place): made[place]?.place ?? SourcePlace()
        case .rows(let table): declared[table].rows?.place ?? SourcePlace()
        case .panel(let table): declared[table].columns.first?.made.place ?? SourcePlace()
        }
      })
    for table in model.tables.indices {
      try order.add(.rows(table))
      if model.tables[table].periods != nil {
        try order.add(.panel(table))
      } else {
        for column in model.tables[table].columns.indices {
          try order.add(.column(.init(table: table, column: column)))
        }
      }
    }
    var steps: [StructuralModel.Step] = []
    for part in order.order {
      switch part {
      case .rows(let table): steps.append(.rows(table))
      case .column(let place): steps.append(.column(place))
      case .panel(let table):
        var inner = StructuralOrder(
          needs: { part in
            guard case .column(let place) = part else { return [] }
            return needs(place).filter { $0.table == table && !$0.isLagged }.compactMap { found in
              found.column.map { .column(.init(table: table, column: $0)) }
            }
          },
          name: { part in
            if case .column(let place) = part { model.name(of: place) } else { "" }
          },
          place: { part in
            if case .column(let place) = part, let made = made[place] {
              return made.place
            }
            return SourcePlace()
          })
        for column in model.tables[table].columns.indices {
          try inner.add(.column(.init(table: table, column: column)))
        }
        steps.append(
          .panel(
            table,
            inner.order.compactMap { part in
              if case .column(let place) = part { place.column } else { nil }
            }))
      }
    }
    self.model.steps = steps
  }
}

// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
public import Tables

extension PopulationModel {
  /// Runs all replications and returns a row for each replication and recorded time.
  ///
  /// Threads change nothing; the first replications of many are the replications of few.
  ///
  /// - Throws: `DataError` if a rate is negative or no number, or there are too many events.
  public func run(seed: String, threads: Int = 1) throws(DataError) -> Table {
    let paths = ChunkedWork(count: replications, threads: threads).map {
      (range: Range<Int>) -> [Result<[Double], DataError>] in
      range.map { replication in
        Result { () throws(DataError) in
          let key = RandomKey(seed: seed, replication: replication)
          switch reading {
          case .exact: return try exactPath(key)
          case .individuals: return try individualPath(key)
          case .stiff: return try stiffPath()
          default: return try steppedPath(key)
          }
        }
      }
    }
    let times = times
    var values = [[Double]](repeating: [], count: states.count)
    for path in paths {
      let path = try path.get()
      for (index, value) in path.enumerated() { values[index % states.count].append(value) }
    }
    let count = replications * times.count
    let number = WrittenForm.number(NumberForm(decimals: 6))
    var columns = [
      Column(
        name: "replication",
        values: .wholeNumbers((0..<count).map { Int64($0 / times.count) }),
        form: .number(NumberForm())),
      Column(
        name: "time", values: .numbers((0..<count).map { times[$0 % times.count] }), form: number),
    ]
    for (state, name) in states.enumerated() {
      columns.append(Column(name: name, values: .numbers(values[state]), form: number))
    }
    return Table(name: "populations", columns: columns, rowCount: count)
  }
}

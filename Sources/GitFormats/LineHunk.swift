/// Lines that were replaced by others: numbers from 1, an empty range standing before the line it begins at.
package typealias LineHunk = (old: Range<Int>, new: Range<Int>)

/** An expectation that cannot be tested at all: the verdict is undecided, whatever was read. */
export class InvalidExpectation extends Error {
  override readonly name = 'InvalidExpectation';
}

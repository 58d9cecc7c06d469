/** Something on the command line, or in the surroundings of the command, that its user can put right; shown as one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

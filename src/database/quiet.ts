/** A log for knex, which otherwise writes every failed connection with its stack to standard output. */
export function quiet(log: (message: string) => void) {
  const say = (message: unknown) => log(message instanceof Error ? message.message : String(message));
  return { warn: say, error: say, debug: say, deprecate: say };
}

/** Passwords: argon2id with 19 MiB, two passes and one lane, as OWASP advises, and few at once, so that pages stay fast. */

const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** argon2id of nothing anybody knows, made like the stored ones, for somebody who does not exist. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$vNf0yGFtQ6sqp93cl3bcgg$cYnwItOqbixOBTa9WHRh2UAz4FntuNR2Z1gLQ6+k5x4';

/** Each takes a core and a thread of node's four for about 60 ms; the database needs some of those too. */
const AT_ONCE = 2;
/** What would wait longer than about a second is refused at once. */
const WAITING = 30;

/** Thrown when too many passwords wait to be checked; the server answers 429. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';
  readonly status = 429;
}

/** What is stored of a password. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(async () => (await import('@node-rs/argon2')).hash(password, PARAMETERS));
}

/** Whether that is the password of which `stored` was made; it takes as long for nobody, who has none. */
export function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  return inTurn(async () => {
    const isRight = await (await import('@node-rs/argon2')).verify(stored ?? NOBODY, password);
    return isRight && stored !== undefined;
  });
}

/** Whether the next password would be refused. */
export function arePasswordsBusy(): boolean {
  return waiting.length >= WAITING;
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (arePasswordsBusy()) throw new PasswordsBusy('Too many passwords wait to be checked');
  if (running < AT_ONCE) running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

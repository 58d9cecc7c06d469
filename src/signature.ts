/** The signature of a message between servers, in one header: `t=1773480413,v1=HEX`, an HMAC-SHA-256 over time and bytes. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds that a signature is good for: what is sent again later is signed again. */
const GOOD_FOR = 300;

/** The header of a body that is sent now. */
export function signatureOf(body: Buffer | string, secret: string, now: Date): string {
  const time = Math.floor(now.getTime() / 1000);
  return `t=${time},v1=${digest(body, secret, time).toString('hex')}`;
}

/** What is wrong with the signature of a body; undefined when it is right. */
export function signatureFault(
  body: Buffer,
  header: string | readonly string[] | undefined,
  { secret, now }: { secret: string; now: Date },
): 'missing' | 'wrong' | 'stale' | undefined {
  const [, time = '', hex = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(String(header ?? '')) ?? [];
  if (hex === '') return header === undefined ? 'missing' : 'wrong';
  if (!timingSafeEqual(digest(body, secret, Number(time)), Buffer.from(hex, 'hex'))) return 'wrong';
  return Math.abs(now.getTime() / 1000 - Number(time)) > GOOD_FOR ? 'stale' : undefined;
}

function digest(body: Buffer | string, secret: string, time: number): Buffer {
  if (secret === '') throw new Error('The secret of a signature is empty');
  return createHmac('sha256', secret).update(`${time}.`).update(body).digest();
}

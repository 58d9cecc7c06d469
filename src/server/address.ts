import { isIP, isIPv6 } from 'node:net';
import type { Context } from './context.ts';

/** The address of who asks: of the connection, or what the first of so many trusted proxies wrote into X-Forwarded-For. */
export function addressOf(ctx: Context, proxies: number): string {
  const passed = [...(proxies > 0 ? ctx.get('X-Forwarded-For').split(',') : []), ctx.socket.remoteAddress ?? '']
    .map((text) => text.trim().replace(/^::ffff:(?=\d+\.)/i, ''))
    .slice(-1 - proxies);
  return passed.find((text) => isIP(text) !== 0) ?? '';
}

/** What one subscriber has: an IPv4 address, or the first 64 bits of an IPv6 address. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.replace(/%.*/, '').split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  return [...first, ...zeros, ...last]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

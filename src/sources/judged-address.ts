/** Whether an address on the network may be called: judged on the address itself, never on a name. */
import ipaddr from 'ipaddr.js';

/** What a host that the setting marks `private:` may be beside; never link-local, where clouds keep their secrets. */
const INSIDE: readonly string[] = ['loopback', 'private', 'uniqueLocal', 'carrierGradeNat'];

/** Throws when an address must not be called. */
export function judge(address: string, isPrivate: boolean): void {
  const range = rangeOf(address);
  if (range === 'unicast' || (isPrivate && INSIDE.includes(range))) return;
  const hint = INSIDE.includes(range) ? '; LINTEL_SOURCES names the host without private:' : '';
  throw new Error(`The address ${address} is ${range}${hint}`);
}

function rangeOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  // Beyond 2000::/3 nothing is on the internet: what is in no range there may lead to an address of IPv4 inside.
  const isOutside = parsed instanceof ipaddr.IPv4 || ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
  return range === 'unicast' && !isOutside ? 'reserved' : range;
}

/** The address that a host of a URL is written as; undefined when it is a name. */
export function literalAddress(host: string): string | undefined {
  const bare = host.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? bare : undefined;
}

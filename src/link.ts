const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const OURS = 'http://lintel.invalid';

/**
 * An address that may be put into a page: http, https, mailto, tel, or a path of this site. Anything else (script
 * addresses, other sites written as `//host`) is undefined. Source: promises.md, sections 3 and 7.
 */
export function safeLink(text: string): string | undefined {
  // As browsers read an address: no tabs and line ends, and nothing invisible around it.
  const trimmed = text.replace(/[\t\n\r]+/g, '').replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '');
  if (trimmed === '' || /^[/\\]{2}|^\/\\|^\\/.test(trimmed)) return undefined;
  let url: URL;
  try {
    url = new URL(trimmed, OURS);
  } catch {
    return undefined;
  }
  if (!SCHEMES.has(url.protocol)) return undefined;
  // Dots in a path may leave `//host` of it.
  const isPath = /^[/?#]/.test(trimmed) && !url.pathname.startsWith('//');
  if (url.origin === OURS) return isPath ? url.pathname + url.search + url.hash : undefined;
  return url.username || url.password ? undefined : url.href;
}

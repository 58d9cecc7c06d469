import type { Middleware } from '../context.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
];

const HEADERS: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()'],
];

/** The same strict headers on every answer: no inline script or style, nothing from elsewhere but the sites that may stand in a frame. */
export function headers({ isSecure, frames = [] }: { isSecure: boolean; frames?: readonly string[] }): Middleware {
  const policy = frames.length === 0 ? POLICY : [...POLICY, `frame-src ${frames.join(' ')}`];
  const all = [
    ['Content-Security-Policy', policy.join('; ')] as const,
    ...HEADERS,
    ...(isSecure ? [['Strict-Transport-Security', 'max-age=31536000'] as const] : []),
  ];
  return (ctx, next) => {
    for (const [name, value] of all) ctx.res.setHeader(name, value);
    return next();
  };
}

import type { IncomingHttpHeaders } from 'node:http';

/** The only names under which the kiosk answers: a rebound DNS name or another site's page is refused. */
const NAMES = ['127.0.0.1', 'localhost'];

/**
 * Why a request is refused, or `undefined` when it may pass.
 * @param port the port that we listen on; `Host` and `Origin` must name it
 * @param isWebSocket browsers always send `Origin` on an upgrade, so there a missing one is refused too
 */
export function refusal(
  headers: IncomingHttpHeaders,
  port: number,
  isWebSocket: boolean,
): 'host' | 'origin' | undefined {
  const { host, origin } = headers;
  if (!NAMES.some((name) => host === `${name}:${port}`)) return 'host';
  if (origin === undefined) return isWebSocket ? 'origin' : undefined;
  return NAMES.some((name) => origin === `http://${name}:${port}`) ? undefined : 'origin';
}

/** Headers of every answer: nothing from outside, nothing inline, nothing kept, framed by our own pages only. */
export function securityHeaders(port: number): Readonly<Record<string, string>> {
  const sockets = NAMES.map((name) => `ws://${name}:${port}`).join(' ');
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    `connect-src 'self' ${sockets}`,
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  };
}

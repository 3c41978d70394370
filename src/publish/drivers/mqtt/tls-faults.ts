import { StationFault } from '../../../shared/fault.ts';
import type { FaultCode } from '../../../shared/faults.ts';

/** Since when and until when a certificate is good, ms since 1970. */
export interface Validity {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TlsCircumstances {
  readonly address: string;
  readonly nowMs: number;
  /** Whether the clock can be trusted: it decides which of the two is wrong, clock or certificate. */
  readonly clock: 'synced' | 'unsynced';
  /** The station's own certificate, where it has one. */
  readonly own: Validity | undefined;
}

const UNTRUSTED = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CERT_REVOKED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
];

/**
 * Names what went wrong in TLS. A wrong clock and an expired certificate look alike on the wire, and need different hands:
 * a certificate that is not yet good means that the clock stands in the past, since certificates begin a day before they are
 * made; one that has ended means the clock only where the clock is not known to be right.
 * @returns `undefined` when the error is not of TLS
 */
export function tlsFault(error: unknown, circumstances: TlsCircumstances): StationFault | undefined {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const named = name(code, circumstances);
  if (named === undefined) return undefined;
  const [fault, detail] = named;
  return new StationFault(fault, circumstances.address, `${detail} (${code})`, { cause: error });
}

function name(code: string, { nowMs, clock, own }: TlsCircumstances): readonly [FaultCode, string] | undefined {
  const at = new Date(nowMs).toISOString();
  if (code === 'CERT_NOT_YET_VALID') return ['CLOCK_WRONG', `the broker's certificate begins after ${at}`];
  if (code === 'CERT_HAS_EXPIRED')
    return clock === 'synced'
      ? ['BROKER_CERTIFICATE_EXPIRED', `the broker's certificate ended before ${at}`]
      : ['CLOCK_WRONG', `the clock is not synchronised and says ${at}; the broker's certificate would have ended`];
  if (UNTRUSTED.includes(code)) return ['BROKER_CERTIFICATE_UNTRUSTED', "the broker's certificate is not believed"];
  if (/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|WRONG_VERSION_NUMBER/.test(code))
    return ['BROKER_TLS_TOO_OLD', 'the broker does not speak TLS 1.3'];
  // The broker says this by its own clock.
  if (/ALERT_CERTIFICATE_EXPIRED/.test(code))
    return own && nowMs < own.toMs && clock !== 'synced'
      ? [
          'CLOCK_WRONG',
          `the broker says that the station's certificate has ended; by the station's clock, ${at}, it has not`,
        ]
      : ['STATION_CERTIFICATE_EXPIRED', "the station's certificate has ended"];
  if (
    /ALERT_(BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_REVOKED|CERTIFICATE_UNKNOWN|CERTIFICATE_REQUIRED|ACCESS_DENIED)|TLSV13_ALERT/.test(
      code,
    )
  )
    return ['STATION_CERTIFICATE_REFUSED', "the broker does not believe the station's certificate"];
  if (/^ERR_SSL_|^ERR_TLS_|^ERR_OSSL_/.test(code)) return ['TLS_SETUP_INVALID', 'TLS cannot be set up'];
  return undefined;
}

/** The station's own certificate, when it cannot be good now: what to say where the broker just hangs up. */
export function ownCertificateFault({ own, nowMs, clock, address }: TlsCircumstances): StationFault | undefined {
  if (!own) return undefined;
  const at = new Date(nowMs).toISOString();
  if (nowMs < own.fromMs)
    return new StationFault('CLOCK_WRONG', address, `the station's certificate begins after ${at}`);
  if (nowMs < own.toMs) return undefined;
  return clock === 'synced'
    ? new StationFault('STATION_CERTIFICATE_EXPIRED', address, `the station's certificate ended before ${at}`)
    : new StationFault(
        'CLOCK_WRONG',
        address,
        `the clock is not synchronised and says ${at}; the certificate would have ended`,
      );
}

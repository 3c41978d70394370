import type { ScanProfile } from './scan-profiles.ts';

/** Reports of one scanned code, cut as the profile has room. @param symbology AIM identifier, three letters or empty */
export function encodeScan(profile: ScanProfile, bytes: Uint8Array, symbology: string): Uint8Array[] {
  const { dataBytes, continued } = profile;
  const count = Math.max(1, Math.ceil(bytes.length / dataBytes));
  return Array.from({ length: count }, (_, n) => {
    const part = bytes.subarray(n * dataBytes, (n + 1) * dataBytes);
    const report = new Uint8Array(profile.reportBytes);
    if (profile.reportId !== undefined) report[0] = profile.reportId;
    if (profile.lengthAt !== undefined) report[profile.lengthAt] = part.length;
    if (profile.symbologyAt !== undefined) report.set(Buffer.from(symbology, 'latin1'), profile.symbologyAt);
    report.set(part, profile.dataAt);
    if (n < count - 1) report[continued.at] = (report[continued.at] ?? 0) | continued.mask;
    return report;
  });
}

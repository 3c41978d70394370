/** The station's own arithmetic of error rates, by which its thresholds are calibrated. */
export * from '../../src/face/rates.ts';

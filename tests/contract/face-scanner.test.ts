import { memoryCable } from '../fixtures/cables.ts';
import { fm225Rig, realsenseRig } from '../fixtures/scanner-rig.ts';
import { describeFaceScanner } from './face-scanner.contract.ts';

describeFaceScanner('fm225 in this process', () => fm225Rig(memoryCable));
describeFaceScanner('realsense-id in this process', () => realsenseRig(memoryCable));

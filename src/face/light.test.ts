import { expect, test } from 'vitest';
import { ARCFACE_112, type FivePoints } from './landmarks.ts';
import { measureLight } from './light.ts';
import type { Raster } from './raster.ts';

const [WIDTH, HEIGHT] = [1280, 720];
/** A face of this many pixels per unit of the recogniser's crop, its crop beginning here. */
const [SCALE, LEFT, TOP] = [2.5, 500, 200];
const points = (turn = 0): FivePoints =>
  ARCFACE_112.map(({ x, y }) => {
    const [dx, dy] = [x - 56, y - 56];
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    return { x: LEFT + SCALE * (56 + cos * dx - sin * dy), y: TOP + SCALE * (56 + sin * dx + cos * dy) };
  }) as unknown as FivePoints;

/** Grey by the distance from the middle of the crop, in its units. */
function picture(grey: (distance: number) => number): Raster {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const distance = Math.hypot((x - LEFT) / SCALE - 56, (y - TOP) / SCALE - 56);
      data.fill(grey(distance), (y * WIDTH + x) * 3, (y * WIDTH + x) * 3 + 3);
    }
  return { data, width: WIDTH, height: HEIGHT };
}

test.each([0, 0.5, Math.PI / 2])('each part is where the face is, at any turn: %f', (turn) => {
  // Face, its rim, what is beside it, and the room, each of its own grey.
  const light = measureLight(
    picture((distance) => (distance < 26 ? 200 : distance < 52 ? 120 : distance < 100 ? 60 : 30)),
    points(turn),
  );
  const linear = (grey: number) => ((grey / 255 + 0.055) / 1.055) ** 2.4;
  expect(light.rim).toBeCloseTo(linear(120), 2);
  expect(light.beside).toBeCloseTo(linear(60), 2);
  expect(light.room).toBeCloseTo(linear(30), 3);
  expect(light.centre).toBeGreaterThan(linear(180));
  expect(light.face).toBeLessThan(light.centre ?? 0);
});

test('what the picture does not show is not measured', () => {
  const near = ARCFACE_112.map(({ x, y }) => ({ x: 11 * x, y: 6.4 * y })) as unknown as FivePoints;
  const light = measureLight(
    picture(() => 90),
    near,
  );
  expect(light.face).not.toBeNull();
  expect(light.room).toBeNull();
});

test('is cheap: far below a millisecond', () => {
  const grey = picture(() => 90);
  measureLight(grey, points());
  const startedAt = performance.now();
  for (let n = 0; n < 50; n++) measureLight(grey, points());
  expect((performance.now() - startedAt) / 50).toBeLessThan(5);
});

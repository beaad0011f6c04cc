import type { Report } from '../../src/engine/protocol.js';
import { makePhantom } from '../phantoms.js';
import { growthExponent, median } from '../statistics.js';
import type { Place } from './place.js';
import type { Cell, Table } from './table.js';

type Size = readonly [width: number, height: number, bands: number];

const sweeps: readonly {
  readonly along: string;
  readonly sizes: readonly Size[];
  readonly measure: (size: Size) => number;
}[] = [
  {
    along: 'pixels',
    sizes: [64, 128, 256, 512].map((side): Size => [side, side, 300]),
    measure: ([width, height]) => width * height,
  },
  {
    along: 'bands',
    sizes: [200, 500, 1000, 2000, 3000].map((bands): Size => [128, 128, bands]),
    measure: ([, , bands]) => bands,
  },
];

const stages = ['preparing', 'subspace', 'extracting', 'fitting'] as const;

/** How the time of `auto` grows with pixels and with bands: medians at each size, and the exponent p of time ≈ c sizeᵖ. */
export async function timeGrowth(
  place: Place,
  repeats: number,
  table: (columns: readonly string[]) => Table,
): Promise<void> {
  const rows = table(['along', 'size', ...stages, 'whole run']);
  for (const { along, sizes, measure } of sweeps) {
    const seconds: number[][] = [];
    for (const [width, height, bands] of sizes) {
      const made = makePhantom('clean', { width, height, bands });
      if ('missing' in made) {
        rows.add([along, `skipped: ${made.missing} is not there`]);
        return;
      }
      await place.load(made.folder);
      const runs: (readonly number[])[] = [];
      for (let i = 0; i < repeats; i++) {
        const figures = await place.run({ endmembers: 5 }, 0);
        runs.push([...inOrder(figures.stages), figures.seconds]);
      }
      const medians = runs[0].map((_, i) => median(runs.map((run) => run[i])));
      seconds.push(medians);
      rows.add([
        along,
        `${width} x ${height} x ${bands}`,
        ...medians.map((value): Cell => value.toFixed(3)),
      ]);
    }
    rows.add([
      along,
      'exponent',
      ...seconds[0].map((_, i) =>
        growthExponent(
          sizes.map(measure),
          seconds.map((medians) => medians[i]),
        ).toFixed(2),
      ),
    ]);
  }
}

const inOrder = (times: Report['stages']): number[] =>
  stages.map(
    (name) => times.find(({ stage }) => stage === name)?.seconds ?? NaN,
  );

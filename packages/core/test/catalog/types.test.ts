import { describe, expectTypeOf, test } from 'vitest';
import { type balanced, type BenchmarkIndex, type CatalogModel, type Cost, costOf, estimateCost, fallbackChain, filterModels, type ModelCriteria, pickModel, type RankedModel, rankModels, smartest, type Strategy, tasks } from '../../src/catalog.js';
import { row } from './kit.js';

interface Row extends CatalogModel {
  mine: string;
}
const rows: Row[] = [{ ...row('a/b'), mine: 'yes' }];

describe('types of the catalogue', () => {
  test('rows stay what they are', () => {
    expectTypeOf(filterModels(rows, { free: false })).toEqualTypeOf<Row[]>();
    expectTypeOf(rankModels(rows, smartest())).toEqualTypeOf<RankedModel<Row>[]>();
    expectTypeOf(pickModel(tasks.code, rows)).toEqualTypeOf<RankedModel<Row> | undefined>();
    expectTypeOf(fallbackChain('a/b', rows).fallbacks).toEqualTypeOf<readonly RankedModel<Row>[]>();
    expectTypeOf(estimateCost).returns.toEqualTypeOf<Cost>();
    expectTypeOf(costOf).returns.toEqualTypeOf<Cost>();
    expectTypeOf<Strategy>().toEqualTypeOf<ReturnType<typeof balanced>>();
  });

  test('what is misspelt does not compile', () => {
    // @ts-expect-error no criterion
    const misspelt: ModelCriteria = { minContex: 1 };
    // @ts-expect-error another unit needs another type
    const wrong: ModelCriteria = { minContext: '100k' };
    // @ts-expect-error no index
    const index: BenchmarkIndex = 'wit';
    // @ts-expect-error no weight
    const weights: Parameters<typeof balanced>[0] = { cost: 1 };
    // a modality of tomorrow does
    const tomorrow: ModelCriteria = { inputs: ['text', 'scent'] };
    expectTypeOf([misspelt, wrong, tomorrow]).toEqualTypeOf<ModelCriteria[]>();
    expectTypeOf([index]).toEqualTypeOf<BenchmarkIndex[]>();
    expectTypeOf([weights]).toEqualTypeOf<Parameters<typeof balanced>[0][]>();
  });
});

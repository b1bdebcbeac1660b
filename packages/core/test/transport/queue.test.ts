import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createQueue, type Leave } from '../../src/transport/queue.js';
import { countedSignal, fakeClock, rejection, settle } from './kit.js';

describe('a queue', () => {
  test('lets in as many as there are places, and the others in their order', async () => {
    const { effects } = fakeClock();
    const enter = createQueue(2);
    const entered: number[] = [];
    const leaves: Leave[] = [];
    for (let who = 0; who < 5; who += 1) void enter({ effects }).then((leave) => (entered.push(who), leaves.push(leave)));
    await settle();
    expect(entered).toEqual([0, 1]);
    leaves[1]?.();
    leaves[1]?.();
    await settle();
    expect(entered).toEqual([0, 1, 2]);
    leaves[0]?.();
    leaves[2]?.();
    await settle();
    expect(entered).toEqual([0, 1, 2, 3, 4]);
  });

  test('whoever aborts leaves it at once, and nothing of them stays', async () => {
    const { effects, timers } = fakeClock();
    const enter = createQueue(1);
    const leave = await enter({ effects });
    const { signal, controller, listeners } = countedSignal();
    const gone = rejection(enter({ effects, signal, deadlineAt: effects.now() + 1000, deadlineMs: 1000 }));
    const next = enter({ effects });
    await settle();
    expect([listeners(), timers()]).toEqual([1, 1]);
    controller.abort('stop');
    expect(await gone).toBe('stop');
    expect([listeners(), timers()]).toEqual([0, 0]);
    leave();
    (await next)();
    expect(await rejection(enter({ effects, signal }))).toBe('stop');
  });

  test('the deadline ends the wait, and a place that comes in time takes the timer back', async () => {
    const clock = fakeClock();
    const { effects } = clock;
    const enter = createQueue(1);
    const leave = await enter({ effects });
    const { signal, listeners } = countedSignal();
    const late = rejection(enter({ effects, signal, deadlineAt: clock.now() + 500, deadlineMs: 700 }));
    const inTime = enter({ effects, signal, deadlineAt: clock.now() + 900, deadlineMs: 900 });
    await clock.advance(500);
    expect(await late).toMatchObject({ name: 'TimeoutError', kind: 'deadline', limitMs: 700 });
    leave();
    (await inTime)();
    expect([clock.timers(), listeners()]).toEqual([0, 0]);
  });

  test('is never above its limit, loses no place, and is fair, whatever happens', async () => {
    const step = fc.oneof(
      fc.record({ what: fc.constant('enter' as const), deadline: fc.option(fc.integer({ min: 1, max: 50 })) }),
      fc.record({ what: fc.constantFrom('leave' as const, 'abort' as const, 'advance' as const), which: fc.nat(20) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 40 }), async (limit, steps) => {
        const clock = fakeClock();
        const enter = createQueue(limit);
        const inside = new Map<number, Leave>();
        const waiting = new Map<number, AbortController>();
        const order: number[] = [];
        let who = 0;
        const come = (deadline: number | null): void => {
          const me = (who += 1);
          const controller = new AbortController();
          waiting.set(me, controller);
          enter({ effects: clock.effects, signal: controller.signal, ...(deadline !== null && { deadlineAt: clock.now() + deadline, deadlineMs: deadline }) }).then(
            (leave) => (waiting.delete(me), inside.set(me, leave), order.push(me)),
            () => waiting.delete(me),
          );
        };
        for (const one of steps) {
          if (one.what === 'enter') come(one.deadline);
          else if (one.what === 'leave') {
            const [me, leave] = [...inside][one.which % Math.max(1, inside.size)] ?? [0];
            inside.delete(me);
            leave?.();
          } else if (one.what === 'abort') [...waiting.values()][one.which % Math.max(1, waiting.size)]?.abort();
          else await clock.advance(one.which);
          for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
          expect(inside.size).toBeLessThanOrEqual(limit);
          if (waiting.size > 0) expect(inside.size).toBe(limit);
        }
        expect(order).toEqual([...order].sort((a, b) => a - b));
        while (inside.size + waiting.size > 0) {
          const left = [...inside.values()];
          inside.clear();
          left.forEach((leave) => leave());
          for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
        }
        for (let n = 0; n < limit; n += 1) come(null);
        for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
        expect([inside.size, waiting.size, clock.timers()]).toEqual([limit, 0, 0]);
      }),
      { numRuns: 60 },
    );
  });
});

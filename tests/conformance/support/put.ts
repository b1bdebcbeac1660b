import type { Door, Driver, Fields, Plan } from '../drivers/driver.js';

/** The plan with these fields said through a door, over what it says there already. */
export function put(plan: Plan, door: Door, fields: Fields): Plan {
  return { ...plan, [door]: { ...plan[door], ...fields } };
}

/** Every pair of an adapter and a door of it, for tables. */
export function everyDoor(drivers: readonly Driver[], except: readonly Door[] = []): { driver: Driver; door: Door; name: string }[] {
  return drivers.flatMap((driver) => driver.doors.filter((door) => !except.includes(door)).map((door) => ({ driver, door, name: `${driver.name}, ${door}` })));
}

const RAW: readonly Door[] = ['clientRaw', 'raw'];

/** Whether a door takes fields of the wire and nothing else. What is set for a LangChain model goes through its raw door. */
export const isRaw = (door: Door): boolean => RAW.includes(door);

import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as attendre } from 'node:timers/promises';

/** Not a spec: `jest-natif.spec.ts` has Jest run it, and says what must be told of each. */
describe('fautes', () => {
  it('réussit', () => {
    jest.spyOn(Date, 'now').mockReturnValue(0);
    expect(Date.now()).toBe(0);
  });
  it('compare', () => {
    expect({ a: 1 }).toEqual({ a: 2 });
  });
  it('lance ailleurs', async () => {
    setTimeout(() => {
      throw new Error('perdue');
    }, 1);
    await attendre(20);
  });
  it('rejette ailleurs', async () => {
    void Promise.reject(new Error('rejetée'));
    await attendre(20);
  });
  it('ne finit pas', async () => {
    await new Promise(() => undefined);
  }, 50);
  it('promet deux attentes', () => {
    expect.assertions(2);
    expect(1).toBe(1);
  });
  it.skip('est sauté', () => undefined);
});

describe('préparation', () => {
  beforeAll(() => {
    throw new Error('avant');
  });
  it('ne peut pas commencer', () => undefined);
});

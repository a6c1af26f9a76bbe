import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';

/**
 * Where we depart from what the specification only recommends or allows (docs/adr/0012):
 * - request errors keep their 4xx for `application/json` too, so that proxies and simple clients see them;
 * - a GET without a header that browsers ask leave for is refused, whatever it asks: cross-site request forgery.
 */
const ECARTS = new Map([
  ['572B', 'warn'],
  ['FDE2', 'warn'],
  ['7B9B', 'warn'],
  ['5A70', 'notice'],
  ['D6D5', 'notice'],
  ['6A70', 'notice'],
]);

let gateway: GatewayEssai;
beforeAll(async () => {
  gateway = await demarrerGatewayEssai();
});
afterAll(() => gateway?.arreter());

/** The suite asks as a client of ours does: with a token. */
const audits = serverAudits({
  url: () => gateway.url,
  fetchFn: async (adresse: string, requete: RequestInit = {}) => {
    const entetes = { ...(await gateway.entetes('siege')), ...(requete.headers as Record<string, string>) };
    return fetch(adresse, { ...requete, headers: entetes });
  },
});

describe('GraphQL over HTTP', () => {
  it.each(audits.map(({ id, name, fn }) => ({ id, name, fn })))('$id $name', async ({ id, name, fn }) => {
    const { status } = await fn();
    expect(status).toBe(ECARTS.get(id) ?? 'ok');
    if (name.startsWith('MUST')) expect(status).toBe('ok');
  });

  it('a passé toute la suite', () => {
    expect(audits.filter(({ name }) => name.startsWith('MUST')).length).toBeGreaterThanOrEqual(13);
    expect(audits.length).toBeGreaterThanOrEqual(60);
  });
});

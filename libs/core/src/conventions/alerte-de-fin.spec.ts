import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dateCivile, ajouterMois } from '@sillage/kernel';
import { type Banc, monterBanc } from '../../test/banc.js';
import { essai } from '../../test/dispositif-essai.js';
import { ecrireDossier } from '../../test/dossiers.js';
import { declarerAppels } from '../appels/index.js';
import { AlerteDeFin } from './alerte-de-fin.js';

let banc: Banc;
let appelId: string;
let territoireIds: string[];
beforeAll(async () => {
  banc = await monterBanc({ dispositifs: [essai] });
  territoireIds = [await banc.territoireId('62', 'ARTOIS')];
  [appelId = ''] = await banc.unites.executer('62', (em) =>
    declarerAppels(em, '62', essai, territoireIds, banc.horloge),
  );
});
afterAll(() => banc?.fermer());

const alerter = (): Promise<number> =>
  banc.unites.executer('62', (em) => banc.app.get(AlerteDeFin, { strict: false }).alerterToutes(em, '62'));

it('tells the services, six months before its last day and once, that a convention is not renewed (AMB-033)', async () => {
  const au = dateCivile('2027-12-31');
  const { candidatureId, conventionId } = await ecrireDossier(banc, '62', {
    appelId,
    territoireIds,
    au: au.toString(),
  });
  const matin = (jour: string): void => banc.horloge.avancerA(`${jour}T06:00:00+02:00`);
  matin(ajouterMois(au, -6).subtract({ days: 1 }).toString());
  expect(await alerter()).toBe(0);
  matin(ajouterMois(au, -6).toString());
  expect([await alerter(), await alerter()]).toEqual([1, 0]);
  expect(
    await banc.lignes('62', `select candidature_id, destinataire, nature, texte from sillage.candidature_message`),
  ).toEqual([
    {
      candidature_id: candidatureId,
      destinataire: 'DEPARTEMENT',
      nature: 'FIN_PROCHE',
      texte: expect.stringMatching(/prend fin le 31 décembre 2027, sans reconduction/),
    },
  ]);
  // An avenant has moved it: nothing more, until it comes near again.
  const prolonger = (jusquA: string) =>
    banc.unites.executer('62', (em) =>
      em.query('update sillage.convention set au = $2 where id = $1', [conventionId, jusquA]),
    );
  await prolonger('2028-12-31');
  expect(await alerter()).toBe(0);
  matin('2028-07-01');
  expect(await alerter()).toBe(1);
  matin('2029-01-01');
  expect(await alerter()).toBe(0);
});

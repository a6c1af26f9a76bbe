import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClesInaccessibles, ClesMaitres, Coffre, colonneChiffree, reenvelopperCles } from '@sillage/access';
import { chargerConfiguration } from '@sillage/configuration';
import { creerGateway } from '@sillage/gateway';
import { UniteDeTravail } from '@sillage/persistence';
import { creerJournal } from '@sillage/socle';
import { DataSource } from 'typeorm';
import { CLE_MAITRE_ESSAI } from '../support/cle-maitre-essai.js';
import { demarrerGatewayEssai, environnementEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { lancerApplication } from '../support/processus-essai.js';

const AUTRE = randomBytes(32).toString('base64');
const id = (cle: string): string => new ClesMaitres({ courante: cle }).couranteId;

let gateway: GatewayEssai;
let env: Record<string, string>;

beforeAll(async () => {
  gateway = await demarrerGatewayEssai();
  env = environnementEssai(gateway.base, gateway.emetteur);
  for (const departementId of ['62', '99']) await sceller(departementId);
});
afterAll(() => gateway?.arreter());

/** Makes the key of a département, as its first sealed value does. */
async function sceller(departementId: string): Promise<void> {
  const colonne = colonneChiffree('sillage.essai', 'telephone');
  const coffre = new Coffre({
    cles: new ClesMaitres({ courante: CLE_MAITRE_ESSAI }),
    colonnes: [colonne],
    horloge: gateway.horloge,
  });
  const place = { ...colonne, id: '018f0000-0000-7000-8000-000000000001' };
  await unites().executer(departementId, (em) => coffre.chiffrer(em, departementId, place, 'x'));
}

function unites(): UniteDeTravail {
  return new UniteDeTravail(gateway.app.get(DataSource));
}

/** A gateway that starts with that environment, then stops. */
async function demarrer(changements: Record<string, string>): Promise<void> {
  const journal = creerJournal({ service: 'gateway', niveau: 'silent', destination: { write: () => undefined } });
  const configuration = chargerConfiguration({ ...env, ...changements });
  await (await creerGateway({ configuration, dispositifs: [], horloge: gateway.horloge, journal })).close();
}

describe('Au démarrage, la clé maître', () => {
  it.each(['gateway', 'worker'] as const)(
    'perdue, arrête le %s, qui dit laquelle, pour qui, et que faire',
    async (nom) => {
      const processus = lancerApplication(nom, {
        ...env,
        ...(nom === 'worker' && { DATABASE_URL: gateway.base.urlJobs }),
        CLE_MAITRE: AUTRE,
      });
      expect(await processus.fin).toBe(1);
      expect(processus.erreurs()).toMatch(
        new RegExp(
          `^La clé maître ${id(CLE_MAITRE_ESSAI)} manque : sans elle, les données chiffrées des départements 62, 99 .*CLES_MAITRES_ANCIENNES.*\\n$`,
        ),
      );
      expect(processus.erreurs()).not.toContain(AUTRE);
    },
  );

  it('remplacée, suffit si l’ancienne est gardée, jusqu’à ce que les clés soient réenveloppées', async () => {
    await expect(demarrer({ CLE_MAITRE: AUTRE })).rejects.toBeInstanceOf(ClesInaccessibles);
    await demarrer({ CLE_MAITRE: AUTRE, CLES_MAITRES_ANCIENNES: CLE_MAITRE_ESSAI });
    const cles = new ClesMaitres({ courante: AUTRE, anciennes: [CLE_MAITRE_ESSAI] });
    const departements = ['62', '99'];
    await reenvelopperCles({ unites: unites(), horloge: gateway.horloge, cles, departements });
    await demarrer({ CLE_MAITRE: AUTRE });
    await expect(demarrer({})).rejects.toThrow(`La clé maître ${id(AUTRE)} manque`);
  });
});

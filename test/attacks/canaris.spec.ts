import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { creerJournal } from '@sillage/socle';
import { creerWorker, type Worker } from '@sillage/worker';
import { Client } from 'pg';
import { surChaqueFile } from '../../libs/jobs/test/chaque-file.js';
import { demarrerRedis, type RedisEssai } from '../../libs/jobs/test/redis-essai.js';
import { avecClient } from '../support/base-essai.js';
import { attendreVersement, ordonner } from '../support/chaine-de-paiement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { activer, jusquALaDerniereSignature, muter, signerPourLeDepartement } from '../support/parcours-coordo-ase.js';
import { scellerCoordonnees, scellerNotes } from '../support/sceller-notes.js';
import { semerAccompagnements } from '../support/semer-accompagnements.js';
import { texteDeRedis, texteParTable } from '../support/texte-de-la-base.js';
import { DELAI_MS } from './bilan.js';
import { tenir } from './tenir.js';

jest.setTimeout(DELAI_MS);

const JEUNES = 500;
/** Words that nothing else in the house says, and that no lower or upper case changes. */
const nomDe = (rang: number): string => `ZQNOM${String(rang).padStart(4, '0')}QZ`;
const SECRETS = {
  telephone: '06 99 98 97 96',
  courriel: 'zqcourrielqz@exemple.test',
  adresse: 'ZQADRESSEQZ, Lens',
  representants: 'ZQREPRESENTANTQZ',
  lieu: 'ZQLIEUQZ',
  commentaire: 'ZQCOMMENTAIREQZ',
  motif: 'ZQMOTIFQZ',
};
const LISTES = [
  `{ accompagnements(first: 100) { nodes { numero jeune { nom prenom telephone adresse } actes(first: 3) { nodes { lieu commentaire } } } } }`,
  `query ($jeuneId: ID!) { dossierPersonnel(jeuneId: $jeuneId) { nom telephone rectifications(first: 9) { nodes { ancienne motif } } } }`,
  // Refused: what is wrong is told without what was said.
  `query ($jeuneId: ID!) { dossierPersonnel(jeuneId: $jeuneId, nom: "${nomDe(1)}") { nom } }`,
];

/**
 * Five hundred names, contact details and notes go through all that the house does: they are then looked for wherever it writes. Names are in their own
 * table and nowhere else; what is sealed is in clear nowhere.
 */
surChaqueFile('Les canaris', (backend) => {
  let gateway: GatewayEssai;
  let worker: Worker;
  let admin: Client;
  let redis: RedisEssai | undefined;

  beforeAll(async () => {
    redis = backend === 'redis' ? await demarrerRedis() : undefined;
    const env = { NIVEAU_TRACES: 'trace', ...(redis && { REDIS_URL: redis.url }) };
    gateway = await demarrerGatewayEssai({ dispositifs, env });
    admin = new Client({ connectionString: gateway.base.urlAdmin });
    await admin.connect();
    await avecClient(gateway.base.urlProprietaire, (client) => semerAccompagnements(client, '62', JEUNES));
    await admin.query(`update sillage.identite i set nom = n.nom, prenom = n.nom from (
      select jeune_id, 'ZQNOM' || lpad(row_number() over (order by jeune_id)::text, 4, '0') || 'QZ' as nom from sillage.identite
    ) n where n.jeune_id = i.jeune_id`);
    const { lieu, commentaire, motif: _motif, ...coordonnees } = SECRETS;
    await scellerNotes(gateway, '62', { lieu, commentaire });
    await scellerCoordonnees(gateway, '62', coordonnees);
    const { configurationWorker: configuration, horloge } = gateway;
    const journal = creerJournal({ service: 'worker', niveau: 'trace', destination: { write: noterTrace } });
    worker = await creerWorker({ configuration, dispositifs, horloge, journal });
    await worker.demarrer();
  });
  afterAll(async () => {
    await worker?.arreter();
    await admin?.end();
    await gateway?.arreter();
    await redis?.arreter();
  });

  const traces: string[] = [];
  const noterTrace = (ligne: string): void => void traces.push(ligne);

  it('ne sont que là où ils doivent être, après tout ce que fait la maison', async () => {
    await vivre();
    const tables = await texteParTable(admin);
    const ailleurs = [...tables].filter(([nom]) => nom !== 'sillage.identite').map(([nom, texte]) => ({ nom, texte }));
    const lieux = [
      ...ailleurs,
      { nom: 'traces du gateway', texte: gateway.journal.join('') },
      { nom: 'traces du worker', texte: traces.join('') },
      { nom: 'Redis', texte: redis ? await texteDeRedis(redis.url) : '' },
    ];
    const noms = Array.from({ length: JEUNES }, (_, rang) => nomDe(rang + 1));
    const identite = tables.get('sillage.identite') ?? '';
    expect(noms.filter((nom) => !identite.includes(nom) && nom !== nomDe(EFFACE))).toEqual([]);
    const secrets = Object.values(SECRETS);
    const fuites = lieux.flatMap(({ nom, texte }) =>
      [...noms, ...secrets].filter((mot) => texte.includes(mot)).map((mot) => `${mot} : ${nom}`),
    );
    const dansIdentite = secrets.filter((mot) => identite.includes(mot)).map((mot) => `${mot} : sillage.identite`);
    tenir(
      `500 noms et leurs secrets cherchés partout (file ${backend})`,
      lieux.length * (noms.length + secrets.length),
      [...fuites, ...dansIdentite],
    );
  });

  it('se retrouveraient s’ils fuyaient', async () => {
    await admin.query(`update sillage.jeune set numero = $1 where numero = 'J-3'`, [nomDe(4)]);
    const texte = (await texteParTable(admin)).get('sillage.jeune');
    expect(texte).toContain(nomDe(4));
    if (redis) expect(await texteDeRedis(redis.url)).toContain('versements');
    expect(gateway.journal.length + traces.length).toBeGreaterThan(10);
  });

  const EFFACE = 5;

  /** Money from candidature to order, readings by everybody, and each gesture on persons. */
  async function vivre(): Promise<void> {
    await activer(gateway);
    const { conventionId } = await jusquALaDerniereSignature(gateway);
    await signerPourLeDepartement(gateway, conventionId);
    const { id: versementId } = await attendreVersement(gateway, conventionId, 'AVANCE');
    await ordonner(gateway, 'slai-lens', versementId);
    const jeuneId = await jeune(EFFACE, 'TERMINE');
    for (const compte of ['siege', 'association', 'slai-lens', 'administrateur', 'dpd']) {
      for (const document of LISTES) await gateway.requete(compte, document, { jeuneId });
    }
    const { motif } = SECRETS;
    await muter(gateway, 'siege', 'jeuneRectifier', 'dossier { nom }', {
      jeuneId: await jeune(9),
      prenom: nomDe(9),
      telephone: SECRETS.telephone.replaceAll(' ', '.'),
      // Not what is held already, which would be left as it is.
      adresse: `12, ${SECRETS.adresse}`,
      motif,
    });
    await muter(gateway, 'siege', 'jeuneRectifier', 'dossier { nom }', {
      jeuneId: await jeune(9),
      courriel: `pas un courriel ${nomDe(9)}`,
      motif,
    });
    await muter(gateway, 'siege', 'jeuneExporter', 'export { document }', { jeuneId, clientMutationId: 'canari' });
    await muter(gateway, 'siege', 'jeuneLimiter', 'dossier { nom }', { jeuneId: await jeune(10), motif });
    await muter(gateway, 'siege', 'jeuneEffacer', 'dossier { nom }', { jeuneId, motif: 'DEMANDE' });
    for (const limite = Date.now() + 30_000; ; await new Promise((r) => setTimeout(r, 100))) {
      const { rows } = await admin.query(`select from sillage.outbox where etat <> 'TRAITE'`);
      if (rows.length === 0) return;
      if (Date.now() > limite) throw new Error('Des jobs attendent encore.');
    }
  }

  /** The id of the person who bears that name; made to be in that state if one is asked. */
  async function jeune(rang: number, etat?: string): Promise<string> {
    const { rows } = await admin.query<{ id: string }>(
      `select jeune_id as id from sillage.identite where nom = $1 and departement_id = '62'`,
      [nomDe(rang)],
    );
    const id = rows[0]!.id;
    if (etat !== undefined) {
      await admin.query('update sillage.accompagnement set etat = $2 where jeune_id = $1', [id, etat]);
    }
    return `Jeune-${id}`;
  }
});

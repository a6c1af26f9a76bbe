import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ContexteActeur, construireDroits } from '@sillage/access';
import { dateCivile, horlogeFixe, type Role } from '@sillage/kernel';
import { creerDataSource, UniteDeTravail } from '@sillage/persistence';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type BaseEssai, creerBaseEssai } from '../../../../test/support/index.js';
import { ExecuteurMutation, idOpaque } from '../api/index.js';
import { JournalService } from '../journal/index.js';
import { chargerReferentiel, idStable, lireCog, PAS_DE_CALAIS, semerDepartement62 } from '../referentiel/index.js';
import {
  CommuneService,
  CommuneTerritoire,
  Territoire,
  TerritoireAlias,
  TerritoireService,
} from '../territoires/index.js';
import { ServiceDepartement } from './service.entity.js';
import { ServiceResolver } from './service.resolver.js';
import { ServiceDepartementService } from './service.service.js';
import { Structure, StructureTerritoire } from './structure.entity.js';
import { StructureResolver } from './structure.resolver.js';
import { StructureService } from './structure.service.js';

const horloge = horlogeFixe('2026-02-02T09:00:00+01:00');
let base: BaseEssai;
let app: DataSource;
let resolver: StructureResolver;
let services: ServiceResolver;

beforeAll(async () => {
  base = await creerBaseEssai({ departements: ['99'] });
  const proprietaire = await creerDataSource({ url: base.urlProprietaire, connexions: 1, entites: [] }).initialize();
  const entites = [Territoire, TerritoireAlias, CommuneTerritoire, Structure, StructureTerritoire, ServiceDepartement];
  app = await creerDataSource({ url: base.urlApp, connexions: 8, entites }).initialize();
  const unites = new UniteDeTravail(app);
  const cog = lireCog('62');
  await chargerReferentiel(proprietaire, [{ ...PAS_DE_CALAIS, cog }]);
  await proprietaire.destroy();
  await semerDepartement62(unites, horloge, cog);
  const service = new StructureService(
    new TerritoireService(),
    new CommuneService(),
    new JournalService(horloge),
    horloge,
  );
  resolver = new StructureResolver(unites, new ExecuteurMutation(unites), service);
  services = new ServiceResolver(unites, new ServiceDepartementService());
});

afterAll(async () => {
  await app?.destroy();
  await base?.supprimer();
});

const input = {
  raisonSociale: 'Association Essai',
  nature: 'ASSOCIATION' as const,
  siret: '000 000 018 00010',
  commune: '62041',
  territoires: ['Arrageois', 'TERNOIS', 'arrageois'],
};

describe('structures', () => {
  test('lists the nine missions locales, filters and pages them', async () => {
    const toutes = await resolver.structures(contexte('SLAI'), { nature: 'MISSION_LOCALE' });
    expect(toutes.nodes).toHaveLength(9);
    const pages: string[] = [];
    let after: string | null = null;
    do {
      const page = await resolver.structures(contexte('SLAI'), { nature: 'MISSION_LOCALE', first: 4, after });
      pages.push(...page.nodes.map((s) => s.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(pages).toEqual(toutes.nodes.map((s) => s.id));

    const duCalaisis = await resolver.structures(contexte('SLAI'), { territoire: 'Calais' });
    expect(duCalaisis.nodes.map((s) => [s.raisonSociale, s.siret, s.territoires.map((t) => t.code)])).toEqual([
      ['La Fabrique Défi', null, ['CALAISIS']],
    ]);
    const depuis = (updatedSince: string) => resolver.structures(contexte('SLAI'), { updatedSince });
    expect((await depuis('2026-02-02T09:00:00+01:00')).nodes).toHaveLength(9);
    expect((await depuis('2026-02-02T09:00:01+01:00')).nodes).toHaveLength(0);
    await expect(depuis('hier')).rejects.toMatchObject({
      erreurs: [{ code: 'VALEUR_INVALIDE', path: ['updatedSince'] }],
    });
    expect((await resolver.structures(contexte('SLAI'), { recherche: 'henin carvin' })).nodes).toHaveLength(1);
    expect((await resolver.structures(contexte('SLAI'), { recherche: '%' })).nodes).toHaveLength(0);
  });

  test('one structure by id; nothing for another tenant, and a foreign id is not found', async () => {
    const id = idOpaque('Structure', idStable('62', 'Structure', 'ML-05'));
    expect((await resolver.structure(contexte('SLAI'), id))?.raisonSociale).toBe('La Fabrique Défi');
    expect(await resolver.structure(contexte('SLAI', '99'), id)).toBeNull();
    expect(await resolver.structure(contexte('SLAI'), 'n’importe quoi')).toBeNull();
  });
});

describe('structureEnregistrer', () => {
  test('creates, corrects, and refuses a second structure with the same SIRET', async () => {
    const creee = await resolver.structureEnregistrer(contexte('ADMINISTRATEUR'), input);
    expect(creee).toMatchObject({
      errors: [],
      structure: {
        siret: '00000001800010',
        commune: '62041',
        territoires: [{ code: 'ARRAGEOIS' }, { code: 'TERNOIS' }],
      },
    });
    const id = creee.structure?.id as string;
    const corrigee = await resolver.structureEnregistrer(contexte('ADMINISTRATEUR'), {
      ...input,
      id,
      territoires: ['Artois'],
    });
    expect(corrigee.structure).toMatchObject({ id, territoires: [{ code: 'ARTOIS' }] });

    const doublon = await resolver.structureEnregistrer(contexte('ADMINISTRATEUR'), {
      ...input,
      raisonSociale: 'Autre',
    });
    expect(doublon).toMatchObject({ structure: null, errors: [{ code: 'DOUBLON', path: ['input', 'siret'] }] });
  });

  test('completes the SIRET of a mission locale', async () => {
    const id = idOpaque('Structure', idStable('62', 'Structure', 'ML-02'));
    const reponse = await resolver.structureEnregistrer(contexte('ADMINISTRATEUR'), {
      ...{ id, raisonSociale: 'Mission Locale de l’Artois', nature: 'MISSION_LOCALE' as const },
      ...{ siret: '00000012500013', territoires: ['ARTOIS'] },
    });
    expect(reponse.structure).toMatchObject({ id, siret: '00000012500013' });
  });

  test("accepts La Poste's own check digits", async () => {
    const poste = { ...input, raisonSociale: 'Bureau de poste d’essai', siret: '35600000000052' };
    const reponse = await resolver.structureEnregistrer(contexte('ADMINISTRATEUR'), poste);
    expect(reponse.errors).toMatchObject([{ code: 'SIRET_INVALIDE' }]);
    const juste = await resolver.structureEnregistrer(contexte('ADMINISTRATEUR'), {
      ...poste,
      siret: '35600000000051',
    });
    expect(juste.errors).toEqual([]);
  });

  test.each([
    ['a wrong check digit', { siret: '00000001800011' }, 'SIRET_INVALIDE', ['siret']],
    ['no territory', { territoires: [] }, 'VALEUR_INVALIDE', ['territoires']],
    ['an unknown territory', { territoires: ['ARTOIS', 'Flandre'] }, 'INTROUVABLE', ['territoires', '1']],
    ['an unknown commune', { commune: '59350' }, 'INTROUVABLE', ['commune']],
    ['an empty name', { raisonSociale: ' ' }, 'VALEUR_INVALIDE', ['raisonSociale']],
    ['a structure that does not exist', { id: idOpaque('Structure', uuidv7()) }, 'INTROUVABLE', ['id']],
    ['an id of something else', { id: idOpaque('Territoire', uuidv7()) }, 'INTROUVABLE', ['id']],
  ])('%s is refused with its path', async (_cas, faute, code, path) => {
    const reponse = await resolver.structureEnregistrer(contexte('ADMINISTRATEUR'), {
      ...input,
      siret: '00000010900017',
      ...faute,
    });
    expect(reponse).toMatchObject({ structure: null, errors: [{ code, path: ['input', ...path] }] });
  });

  test.each(['00000011700010', '00000008300014', '00000009100017'])(
    '%s entered ten times at once makes one structure',
    async (siret) => {
      const reponses = await Promise.all(
        Array.from({ length: 10 }, () =>
          resolver.structureEnregistrer(contexte('ADMINISTRATEUR'), { ...input, siret }),
        ),
      );
      expect(reponses.filter((r) => r.structure !== null)).toHaveLength(1);
      expect(reponses.flatMap((r) => r.errors.map((e) => e.code))).toEqual(Array.from({ length: 9 }, () => 'DOUBLON'));
    },
  );

  test('the same request sent again with its key makes one structure', async () => {
    const demande = { ...input, siret: '00000005900014', clientMutationId: 'cle-1' };
    const un = await resolver.structureEnregistrer(contexte('ADMINISTRATEUR'), demande);
    const deux = await resolver.structureEnregistrer(contexte('ADMINISTRATEUR'), demande);
    expect(un.errors).toEqual([]);
    expect(deux).toEqual(un);
  });

  test.each<Role>(['SIEGE', 'SLAI', 'ASSOCIATION'])('%s may not', async (role) => {
    const reponse = await resolver.structureEnregistrer(contexte(role), { ...input, siret: '00000012500013' });
    expect(reponse).toMatchObject({ structure: null, errors: [{ code: 'ACTION_INTERDITE' }] });
  });
});

describe('services', () => {
  test('the head office first, then four in each territory', async () => {
    const tous = await services.services(contexte('MISSION_LOCALE'), null);
    expect(tous).toHaveLength(37);
    expect(tous.slice(0, 2).map((s) => [s.type, s.libelle, s.territoire?.code ?? null])).toEqual([
      ['SIEGE', 'Siège du Département (DPID)', null],
      ['ASE', 'Service de l’ASE de l’Arrageois', 'ARRAGEOIS'],
    ]);
    expect((await services.services(contexte('MISSION_LOCALE'), 'SLAI')).map((s) => s.libelle)).toContain(
      'SLAI d’Hénin-Carvin',
    );
    expect(await services.services(contexte('MISSION_LOCALE', '99'), null)).toEqual([]);
  });
});

/** Somebody with one role. */
function contexte(role: Role, departementId = '62'): ContexteActeur {
  const du = dateCivile('2026-01-01');
  const habilitation = {
    id: uuidv7(),
    role,
    structureId: uuidv7(),
    territoireIds: [uuidv7()],
    dispositifs: [],
    du,
    au: null,
  };
  const utilisateurId = '0198c0de-0000-7000-8000-000000000001';
  const acteur = { departementId, utilisateurId, iss: 'essai', sub: role, habilitations: [habilitation] };
  return { departementId, acteur, droits: construireDroits(acteur), requeteId: 'essai' };
}

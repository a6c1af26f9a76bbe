import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dateCivile, horlogeFixe } from '@sillage/kernel';
import type { HorlogeFixe } from '@sillage/kernel';
import type { BaseAcces } from '../../test/base-acces.js';
import { ISS, ouvrirBaseAcces, SUB } from '../../test/base-acces.js';
import type { Acteur } from '../acteur.js';
import type { DemandeHabilitation } from '../habilitations/controler-habilitation.js';
import { Habilitations } from '../habilitations/habilitations.service.js';
import { ErreurIdentite } from './erreur-identite.js';
import { Identite } from './identite.js';

let base: BaseAcces;
beforeAll(async () => {
  base = await ouvrirBaseAcces();
});
afterAll(() => base.fermer());
afterEach(() => base.unite.executer('62', (em) => em.query('update sillage.habilitation set revoquee_le = now()')));

interface Montage {
  readonly horloge: HorlogeFixe;
  readonly habilitations: Habilitations;
  readonly lectures: () => number;
  identifier(departementId?: string): Promise<Acteur>;
}

/** The token is somebody else's business here: it always says the same person. */
function monter({ ttl = 30, depart = '2026-02-01T10:00:00+01:00', sub = SUB } = {}): Montage {
  const horloge = horlogeFixe(depart);
  let lectures = 0;
  const identite = new Identite({
    verificateur: { connait: () => false, verifier: () => Promise.resolve({ iss: ISS, sub }) },
    uniteDeTravail: {
      lecture: (departementId, travail) => {
        lectures += 1;
        return base.unite.lecture(departementId, travail);
      },
    },
    horloge,
    ttlSecondes: ttl,
  });
  return {
    horloge,
    habilitations: new Habilitations(horloge),
    lectures: () => lectures,
    identifier: (departementId = '62') => identite.identifier('Bearer x', departementId),
  };
}

async function accorder({ habilitations }: Montage, autres: Partial<DemandeHabilitation> = {}): Promise<string> {
  const { utilisateurId, administrateurId, territoireIds } = base.connus['62'];
  const demande: DemandeHabilitation = {
    utilisateurId,
    role: 'SLAI',
    structureId: null,
    territoireIds,
    dispositifs: [],
    du: dateCivile('2026-01-01'),
    au: null,
    ...autres,
  };
  const auteur = { departementId: '62', utilisateurId: administrateurId };
  return (await base.unite.executer('62', (em) => habilitations.accorder(em, auteur, demande))).id;
}

const revoquer = ({ habilitations }: Montage, id: string): Promise<unknown> =>
  base.unite.executer('62', (em) => habilitations.revoquer(em, { departementId: '62', utilisateurId: null }, id));

const nonHabilite = (promesse: Promise<Acteur>): Promise<void> =>
  expect(promesse).rejects.toEqual(new ErreurIdentite('NON_HABILITE'));

describe('identifier', () => {
  it('rend la personne et toutes ses habilitations en cours', async () => {
    const montage = monter();
    const { utilisateurId, territoireIds, structureId } = base.connus['62'];
    await accorder(montage, { dispositifs: ['b-test', 'a-test'] });
    await accorder(montage, { role: 'ASSOCIATION', territoireIds: [], structureId, au: dateCivile('2026-02-01') });
    const acteur = await montage.identifier();
    expect(acteur).toMatchObject({ departementId: '62', utilisateurId, iss: ISS, sub: SUB });
    expect(acteur.habilitations).toMatchObject([
      { role: 'SLAI', structureId: null, territoireIds: [...territoireIds].sort(), dispositifs: ['a-test', 'b-test'] },
      { role: 'ASSOCIATION', structureId, territoireIds: [], dispositifs: [] },
    ]);
    expect(acteur.habilitations[1]!.au).toEqual(dateCivile('2026-02-01'));
  });

  it('ne connaît personne d’autre, ni la même personne dans un autre département', async () => {
    const montage = monter();
    await accorder(montage);
    await montage.identifier('62');
    await nonHabilite(montage.identifier('99'));
    await nonHabilite(montage.identifier('75'));
    await nonHabilite(monter({ sub: 'inconnue' }).identifier());
  });

  it.each([
    ['2025-12-31T23:59:59+01:00', false],
    ['2026-01-01T00:00:00+01:00', true],
    ['2026-02-15T23:59:59+01:00', true],
    ['2026-02-16T00:00:00+01:00', false],
  ])('à %s, une période du 1er janvier au 15 février compte : %s', async (depart, compte) => {
    const montage = monter({ depart });
    await accorder(montage, { au: dateCivile('2026-02-15') });
    if (compte) await expect(montage.identifier()).resolves.toBeDefined();
    else await nonHabilite(montage.identifier());
  });

  it('un rôle que cette version ne connaît pas ne donne rien', async () => {
    const montage = monter();
    const id = await accorder(montage);
    await base.unite.executer('62', (em) =>
      em.query(`update sillage.habilitation set role = 'PREFET' where id = $1`, [id]),
    );
    await nonHabilite(montage.identifier());
  });
});

describe('prise d’effet', () => {
  it('une révocation prend effet à la fin de la mémoire, pas après', async () => {
    const montage = monter({ ttl: 30 });
    const id = await accorder(montage);
    await montage.identifier();
    await revoquer(montage, id);

    montage.horloge.avancerA('2026-02-01T10:00:29+01:00');
    await expect(montage.identifier()).resolves.toBeDefined();
    expect(montage.lectures()).toBe(1);
    montage.horloge.avancerA('2026-02-01T10:00:30+01:00');
    await nonHabilite(montage.identifier());
  });

  it('une habilitation accordée compte tout de suite pour qui n’avait rien', async () => {
    const montage = monter();
    await nonHabilite(montage.identifier());
    await accorder(montage);
    await expect(montage.identifier()).resolves.toBeDefined();
  });

  it('sans mémoire, une révocation prend effet à la requête suivante', async () => {
    const montage = monter({ ttl: 0 });
    const id = await accorder(montage);
    await montage.identifier();
    await revoquer(montage, id);
    await nonHabilite(montage.identifier());
  });

  it('une habilitation qui finit aujourd’hui ne passe pas minuit, même retenue', async () => {
    const montage = monter({ depart: '2026-02-15T23:59:59+01:00', ttl: 60 });
    await accorder(montage, { au: dateCivile('2026-02-15') });
    await montage.identifier();
    montage.horloge.avancerA('2026-02-16T00:00:00+01:00');
    await nonHabilite(montage.identifier());
  });

  it.each([61, -1, Number.NaN])('refuse de retenir %d secondes', (ttl) => {
    expect(() => monter({ ttl })).toThrow('de 0 à 60 secondes');
  });
});

import { describe, expect, test } from '@jest/globals';
import { lireListeDeCoeurs } from './coeurs.js';
import type { Mesure } from './mesure.js';
import { difference, normaliser, uuidDe } from './normaliser.js';
import { lireOptions, OptionRefusee } from './options.js';
import { rapport, rapportDeCroissance } from './rapport.js';
import { etendueRelative, mediane } from './statistiques.js';

const UUID = '0197a8c2-3f4e-7abc-8def-0123456789ab';

describe('la ligne de commande', () => {
  test('sans option, mesure tout à la petite taille', () => {
    expect(lireOptions([])).toEqual({
      taille: 60_000,
      croissance: undefined,
      requetes: ['Q1', 'Q2', 'Q3', 'Q4', 'Q5'],
      serveurs: ['limite', 'sillage', 'postgraphile', 'ordinaire'],
      repetitions: 3,
      secondes: 5,
      connexions: 16,
      pool: 3,
      base: undefined,
      json: undefined,
      expliquer: false,
      verifier: false,
    });
  });

  test('--only choisit des requêtes, des serveurs, ou les deux, dans l’ordre de la maison', () => {
    expect(lireOptions(['--only', 'Q5,Q1'])).toMatchObject({ requetes: ['Q1', 'Q5'], serveurs: { length: 4 } });
    expect(lireOptions(['--only', 'ordinaire'])).toMatchObject({ requetes: { length: 5 }, serveurs: ['ordinaire'] });
    expect(lireOptions(['--only=Q2,sillage'])).toMatchObject({ requetes: ['Q2'], serveurs: ['sillage'] });
  });

  test.each([
    [['--only', 'Q9'], /^--only Q9 : choisissez parmi Q1, /],
    [['--size', '12'], /^--size 12 : indiquez un nombre entier, 900 au moins/],
    [['--growth', 'dix'], /^--growth dix : indiquez un nombre entier, 900 au moins/],
    [['--reps', 'beaucoup'], /^--reps beaucoup : /],
    [['--seconds', '0'], /^--seconds 0 : /],
    [['--vite'], /--size N/],
  ])('%j est refusé, et dit quoi écrire', (args, message) => {
    expect(() => lireOptions(args)).toThrow(OptionRefusee);
    expect(() => lireOptions(args)).toThrow(message);
  });

  test('les cœurs permis, comme le noyau les écrit', () => {
    expect(lireListeDeCoeurs('0-2,5')).toEqual([0, 1, 2, 5]);
    expect(lireListeDeCoeurs('')).toEqual([]);
  });
});

describe('les mêmes faits sous d’autres mots', () => {
  const opaque = Buffer.from(`Acte:${UUID}`).toString('base64url');
  const page = (noeud: object, totalCount: number, endCursor: string): Record<string, unknown> => ({
    accompagnements: { totalCount, pageInfo: { hasNextPage: true, endCursor }, nodes: [noeud] },
  });
  const noeud = (id: string, acte: string): object => ({
    id,
    numero: 'ACC-62-1',
    dispositif: 'coordo-ase',
    etat: 'EN_COURS',
    du: '2026-01-02',
    au: null,
    jeune: { prenom: 'Lina', nom: 'Petit' },
    structure: { raisonSociale: 'Mission locale' },
    actes: { totalCount: 7, nodes: [{ id: acte, nature: 'BILAN', date: '2026-02-03' }] },
  });

  test('l’identifiant rend sa ligne, quelle que soit sa forme', () => {
    expect([UUID, opaque, `Acte-${UUID}`].map(uuidDe)).toEqual([UUID, UUID, UUID]);
    expect(() => uuidDe('autre chose')).toThrow('autre chose');
  });

  test('les comptes s’arrêtent au plafond, les curseurs ne comptent pas', () => {
    const une = normaliser('Q1', page(noeud(UUID, opaque), 1000, 'un curseur'));
    const autre = normaliser('Q1', page(noeud(`Accompagnement-${UUID}`, UUID), 1333, 'un autre'));
    expect(difference(une, autre)).toBeUndefined();
    expect(difference(une, normaliser('Q1', page(noeud(UUID, UUID), 999, '')))).toBe(
      'réponse.totalCount : 1000 attendu, 999 obtenu',
    );
  });

  test('un acte en moins, une date, un ordre se voient', () => {
    const deux = { nodes: [{ id: 1 }, { id: 2 }] };
    expect(difference(deux, { nodes: [{ id: 2 }, { id: 1 }] })).toBe('réponse.nodes.0.id : 1 attendu, 2 obtenu');
    expect(difference(deux, { nodes: [{ id: 1 }] })).toBe('réponse.nodes.1 : {"id":2} attendu, undefined obtenu');
  });

  test('les comptes par état se lisent dans n’importe quel ordre, en texte ou en nombre', () => {
    const [a, b] = [
      { dispositif: 'x', etat: 'TERMINE', nombre: 3 },
      { dispositif: 'x', etat: 'EN_COURS', nombre: 5 },
    ];
    const sillage = [a, b].map((ligne) => ({ ...ligne, territoire: { code: 'T' } }));
    const pair = { nodes: [b, a].map((ligne) => ({ ...ligne, territoire: 'T', nombre: String(ligne.nombre) })) };
    const lire = (accompagnementsParEtat: unknown): unknown => normaliser('Q3', { accompagnementsParEtat });
    expect(difference(lire(sillage), lire(pair))).toBeUndefined();
  });

  test('les montants se lisent en euros ou en centimes', () => {
    const convention = (montants: object): Record<string, unknown> => ({
      candidatures: {
        nodes: [
          {
            id: UUID,
            numero: 'CAND',
            etat: 'CONVENTIONNEE',
            structure: { raisonSociale: 'S' },
            territoires: [{ code: 'B' }, { code: 'A' }],
            convention: { id: UUID, numero: 'CONV', etat: 'SIGNEE', ...montants, versements: [] },
          },
        ],
      },
    });
    const euros = normaliser('Q4', convention({ montant: '51998.99' }));
    expect(difference(euros, normaliser('Q4', convention({ montantCentimes: '5199899' })))).toBeUndefined();
    expect(difference(euros, normaliser('Q4', convention({ montantCentimes: '5199898' })))).toContain('51998.98');
    expect(normaliser('Q4', convention({ montantCentimes: 5 }))).toMatchObject([
      { convention: { montant: '0.05' }, territoires: ['A', 'B'] },
    ]);
  });
});

describe('les figures', () => {
  const mesure = (serveur: Mesure['serveur'], requetesParSeconde: number, autres: Partial<Mesure> = {}): Mesure => ({
    serveur,
    requete: 'Q1',
    repetition: 1,
    requetesParSeconde,
    p50: 10,
    p99: 20,
    max: 30,
    echecs: 0,
    octetsParReponse: 100,
    nodeMs: 0.5,
    pgMs: 1,
    chargeMs: 0.1,
    rssMio: 100,
    demarrageMs: 900,
    ...autres,
  });

  test('la médiane et l’étendue', () => {
    expect(mediane([9, 1, 5])).toBe(5);
    expect(mediane([4, 1])).toBe(2.5);
    expect(() => mediane([])).toThrow();
    expect(etendueRelative([90, 100, 110])).toBeCloseTo(0.2);
    expect(etendueRelative([0, 0, 3])).toBeUndefined();
  });

  test('le tableau rapporte chacun à la limite et à PostGraphile', () => {
    const texte = rapport([mesure('limite', 800), mesure('sillage', 780), mesure('postgraphile', 320, { p99: 50 })]);
    expect(texte).toContain('| sillage | 780 | 0 % | 10,0 | 20,0 | 0,50 | 1,00 | 100 | 0,90 | 0,97 | 2,44 |');
    expect(texte).toContain('- ✔ Q1 : débit de Sillage / PostGraphile : 2,438 (au moins 2,40)');
    expect(texte).toContain('- ✔ Q1 : p99 de Sillage / PostGraphile : 0,400 (au plus 0,50)');
    expect(texte).not.toContain('Q2');
  });

  test('les rapports se font répétition par répétition : ce qui dérive pour tous ne compte pas', () => {
    const debits = [
      [100, 96],
      [1000, 500],
      [500, 490],
    ] as const;
    const texte = rapport(
      debits.flatMap(([limite, sillage], rang) => [
        mesure('limite', limite, { repetition: rang + 1 }),
        mesure('sillage', sillage, { repetition: rang + 1 }),
      ]),
    );
    expect(texte).toContain('- ✔ Q1 : débit de Sillage / limite : 0,960 (au moins 0,95)');
  });

  test('un serveur qui n’a pas répondu à temps a sa ligne, sans figures inventées', () => {
    const muet = mesure('ordinaire', 0, { p50: undefined, p99: undefined, nodeMs: undefined, pgMs: undefined });
    const texte = rapport([muet, mesure('limite', 800)]);
    expect(texte).toContain('| ordinaire | 0 | – % | – | – | – | – | 100 | 0,90 | 0,00 | – |');
  });

  test('ce que PostgreSQL fait de plus sur la grande taille se juge pour Q1 et Q2 de Sillage', () => {
    const tailles = { taille: 900, croissance: 9000 };
    const grandes = [mesure('sillage', 1, { pgMs: 1.31 }), mesure('limite', 1, { pgMs: 2 })];
    const texte = rapportDeCroissance([mesure('sillage', 1), mesure('limite', 1)], grandes, tailles);
    expect(texte).toContain('| Q1 | sillage | 1,000 | 1,310 | 1,31 ✘ (au plus 1,30) |');
    expect(texte).toContain('| Q1 | limite | 1,000 | 2,000 | 2,00 |');
    expect(rapportDeCroissance([mesure('sillage', 1)], [mesure('sillage', 1, { pgMs: 1.3 })], tailles)).toContain(
      '1,30 ✔',
    );
  });

  test('un objectif manqué se voit, comme une réponse en échec et ce que le système ne dit pas', () => {
    const texte = rapport([
      mesure('limite', 800, { rssMio: undefined }),
      mesure('sillage', 600, { nodeMs: 0.9, echecs: 2 }),
      mesure('sillage', 300, { requete: 'Q5' }),
    ]);
    expect(texte).toContain('- ✘ Q1 : débit de Sillage / limite : 0,750 (au moins 0,95)');
    expect(texte).toContain('- ✘ Q1 : ms CPU de node par requête : 0,900 (au plus 0,60)');
    expect(texte).toContain('- ✘ Q5 : temps d’une requête de mission locale / celui de Q1 : 2,000 (au plus 1,20)');
    expect(texte).toContain('sillage, répétition 1 : 2 réponse(s) en échec.');
    expect(texte).toContain('| limite | 800 | 0 % | 10,0 | 20,0 | 0,50 | 1,00 | – |');
  });
});

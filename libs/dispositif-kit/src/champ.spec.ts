import { describe, expect, it } from '@jest/globals';
import { type ErreurMetier, type Fraction, type Montant, Refus } from '@sillage/kernel';
import fc from 'fast-check';
import { champ, jsonSchema, type Valeurs } from './champ.js';
import { lireBrouillon, lireValeurs } from './validation.js';

const champs = {
  intitule: champ.texte({ libelle: 'Intitulé', max: 20, regle: 'ASE-PORT-01' }),
  etp: champ.decimal({ libelle: 'ETP', min: '0.1', max: '50', regle: 'ASE-FIN-01', unite: 'ETP' }),
  note: champ.texte({ libelle: 'Note', facultatif: true, nominatif: true }),
  depenses: champ.lignes(
    {
      nature: champ.choix({ SALAIRES: 'Salaires', TELEPHONE: 'Téléphone' }, { libelle: 'Nature' }),
      montant: champ.montant({ libelle: 'Montant', regle: 'ASE-FIN-02' }),
    },
    { libelle: 'Dépenses', min: 1 },
  ),
};
const contacts = {
  telephone: champ.telephone({ libelle: 'Téléphone' }),
  courriel: champ.courriel({ libelle: 'Courriel', facultatif: true }),
};
const complet = { intitule: 'Projet', etp: '1.50', depenses: [{ nature: 'SALAIRES', montant: '40000.00' }] };

// The types flow from the declaration: this does not compile if one of them is lost.
const typees = (
  v: Valeurs<typeof champs>,
): [Fraction, string | null, Montant | undefined, 'SALAIRES' | 'TELEPHONE' | undefined] => [
  v.etp,
  v.note,
  v.depenses[0]?.montant,
  v.depenses[0]?.nature,
];

const erreurs = (essai: () => unknown): readonly ErreurMetier[] => {
  try {
    essai();
  } catch (erreur) {
    if (erreur instanceof Refus) return erreur.erreurs;
    throw erreur;
  }
  return [];
};

describe('Declared fields', () => {
  it('are read into domain values, exact and typed', () => {
    const [etp, note, montant, nature] = typees(lireValeurs(champs, complet, []));
    expect([etp.toString(), note, montant?.toString(), nature]).toEqual(['3/2', null, '40000.00', 'SALAIRES']);
  });

  it('refuse what is missing or wrong, each with its code, path and rule', () => {
    const donnees = { etp: '51', depenses: [{ nature: 'AUTRE', montant: '12.345' }], inconnu: 1 };
    const trouvees = erreurs(() => lireValeurs(champs, donnees, ['input', 'champs']));
    expect(trouvees.map(({ code, path, regle }) => [code, path.join('.'), regle])).toEqual([
      ['CHAMP_OBLIGATOIRE', 'input.champs.intitule', 'ASE-PORT-01'],
      ['VALEUR_INVALIDE', 'input.champs.etp', 'ASE-FIN-01'],
      ['VALEUR_INVALIDE', 'input.champs.depenses.0.nature', null],
      ['VALEUR_INVALIDE', 'input.champs.depenses.0.montant', 'ASE-FIN-02'],
      ['VALEUR_INVALIDE', 'input.champs.inconnu', null],
    ]);
    expect(trouvees[0]?.message).toBe('« Intitulé » est à renseigner.');
  });

  it('let a draft lack anything, and check what is there', () => {
    expect(lireBrouillon(champs, { etp: null }, [])).toEqual({ etp: null });
    expect(erreurs(() => lireBrouillon(champs, { etp: 'beaucoup' }, [])).map((e) => e.code)).toEqual([
      'VALEUR_INVALIDE',
    ]);
  });

  it('let a row of a draft be half typed, and take an empty text for nothing', () => {
    const saisie = { intitule: ' Projet ', note: '  ', depenses: [{ nature: 'SALAIRES', montant: '' }, {}] };
    expect(lireBrouillon(champs, saisie, [])).toEqual({
      intitule: 'Projet',
      note: null,
      depenses: [{ nature: 'SALAIRES', montant: null }, {}],
    });
    const codes = erreurs(() => lireValeurs(champs, { ...complet, depenses: [{ nature: null }] }, [])).map((e) => [
      e.code,
      e.path.join('.'),
    ]);
    expect(codes).toEqual([
      ['CHAMP_OBLIGATOIRE', 'depenses.0.nature'],
      ['CHAMP_OBLIGATOIRE', 'depenses.0.montant'],
    ]);
  });

  it('say what is wrong in plain French, and tell a bad type from nothing', () => {
    const messages = erreurs(() =>
      lireValeurs(champs, { ...complet, etp: 5, intitule: 'x'.repeat(21), depenses: [] }, []),
    );
    expect(messages.map((e) => [e.code, e.message])).toEqual([
      ['VALEUR_INVALIDE', '« Intitulé » : au plus 20 caractères.'],
      ['VALEUR_INVALIDE', '« ETP » : écrivez un nombre, par exemple 1.50.'],
      ['VALEUR_INVALIDE', '« Dépenses » : au moins 1 ligne.'],
    ]);
  });

  it.each([
    [champ.booleen({ libelle: 'F' }), 'peut-être', 'répondez par oui ou par non.'],
    [champ.entier({ libelle: 'F' }), 'beaucoup', 'écrivez un nombre entier.'],
    [champ.entier({ libelle: 'F' }), 1.5, 'écrivez un nombre entier.'],
    [champ.decimal({ libelle: 'F', min: '0.1' }), '0.05', 'au moins 0,1.'],
    [champ.decimal({ libelle: 'F', max: '0.5' }), '1', 'au plus 0,5.'],
    [champ.montant({ libelle: 'F' }), 12, 'écrivez un montant en euros, par exemple 52000.00.'],
    [champ.date({ libelle: 'F' }), 12, 'écrivez une date sous la forme 2026-02-15.'],
    [champ.texte({ libelle: 'F' }), 12, 'écrivez un texte.'],
    [champ.lignes({}, { libelle: 'F' }), 'x', 'donnez une liste de lignes.'],
    [champ.choix({ A: 'Salaires', B: 'Loyers' }, { libelle: 'F' }), 'C', 'choisissez parmi Salaires (A), Loyers (B).'],
  ])('say it for each type of field: %#', (f, saisie, attendu) => {
    expect(erreurs(() => lireBrouillon({ f }, { f: saisie }, [])).map((e) => e.message)).toEqual([
      `« F » : ${attendu}`,
    ]);
  });

  it.each(['03 21 00 00 00', '0321000000', '03.21.00.00.00', '+33 3 21 00 00 00', '+32-2-555-12-12'])(
    'take %j for a telephone number',
    (numero) => expect(lireValeurs(contacts, { telephone: numero }, [])).toEqual({ telephone: numero, courriel: null }),
  );

  it.each(['', '12', '03 21', '03  21 00 00 00', 'appelez-moi', '+0 321 00 00 00', '0'.repeat(40)])(
    'refuse %j for a telephone number',
    (numero) => expect(erreurs(() => lireValeurs(contacts, { telephone: numero }, []))).toHaveLength(1),
  );

  it('refuse what is no mail address, and say in French what to write', () => {
    for (const courriel of ['contact', 'a@b', 'a b@exemple.fr', '@exemple.fr', `${'a'.repeat(260)}@exemple.fr`]) {
      const trouvees = erreurs(() => lireValeurs(contacts, { telephone: '0321000000', courriel }, []));
      expect(trouvees.map((e) => [e.code, e.path.join('.')])).toEqual([['VALEUR_INVALIDE', 'courriel']]);
      expect(trouvees[0]?.message).toMatch(/exemple\.fr|254/);
    }
  });

  it('never lose a cent or a decimal, whatever the amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), (centimes) => {
        const texte = `${centimes / 100n}.${String(centimes % 100n).padStart(2, '0')}`;
        const lu = lireValeurs({ m: champ.montant({ libelle: 'M' }) }, { m: texte }, []);
        expect(lu.m.centimes).toBe(centimes);
      }),
    );
  });

  it('never throw anything but a refusal on arbitrary JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (valeur) => void erreurs(() => lireValeurs(champs, valeur, []))));
    fc.assert(fc.property(fc.jsonValue(), (valeur) => void erreurs(() => lireBrouillon(champs, valeur, []))));
  });

  it('give a JSON Schema with French titles, units, rules and what names a person', () => {
    expect(jsonSchema(champs)).toMatchObject({
      type: 'object',
      required: ['intitule', 'etp', 'depenses'],
      additionalProperties: false,
      properties: {
        etp: { title: 'ETP', 'x-unite': 'ETP', 'x-regle': 'ASE-FIN-01' },
        note: { 'x-nominatif': true },
        depenses: {
          items: {
            properties: { nature: { enum: ['SALAIRES', 'TELEPHONE'], 'x-libelles': { SALAIRES: 'Salaires' } } },
          },
        },
      },
    });
  });
});

describe('Quantities that are none', () => {
  const champs = {
    mesures: champ.lignes(
      {
        nombre: champ.entier({ libelle: 'Nombre', min: 1 }),
        etp: champ.decimal({ libelle: 'ETP', min: '0.1' }),
        montant: champ.montant({ libelle: 'Montant', min: '0.01' }),
      },
      { libelle: 'Mesures' },
    ),
  };
  const juste = { nombre: 1, etp: '0.1', montant: '0.01' };

  it('a right row is read', () => {
    expect(lireValeurs(champs, { mesures: [juste] }, []).mesures[0]?.montant.toString()).toBe('0.01');
  });

  it.each([
    ['nombre', 0],
    ['nombre', -1],
    ['nombre', 1.5],
    ['nombre', 1e21],
    ['nombre', Number.NaN],
    ['nombre', Number.POSITIVE_INFINITY],
    ['nombre', '1e3'],
    ['etp', '0'],
    ['etp', '-1'],
    ['etp', '0.105'],
    ['etp', 1e21],
    ['etp', '1e21'],
    ['etp', 'NaN'],
    ['etp', '1e3'],
    ['montant', '0.00'],
    ['montant', '-0.01'],
    ['montant', '0.011'],
    ['montant', 1],
    ['montant', '1e3'],
  ])('%s = %p is refused, with its path', (nom, valeur) => {
    try {
      lireValeurs(champs, { mesures: [{ ...juste, [nom]: valeur }] }, ['bilan']);
    } catch (refus) {
      const chemins = (refus as Refus).erreurs.map(({ path }) => path.join('.'));
      return expect([...new Set(chemins)]).toEqual([`bilan.mesures.0.${nom}`]);
    }
    throw new Error('la valeur a été lue');
  });
});

import { type DateCivile, dateCivile, elaguer, Fraction, Montant, type Role } from '@sillage/kernel';
import { z } from 'zod';
import type { QuandDate } from './dates.js';

/** What a field is made of, for those who must draw it: GraphQL, form, documentation page. */
export type Nature =
  | { genre: 'texte' | 'entier' | 'decimal' | 'montant' | 'booleen' }
  | { genre: 'date'; quand?: QuandDate }
  | { genre: 'choix'; options: Readonly<Record<string, string>> }
  | { genre: 'lignes'; champs: Champs };

/** What every field may say of itself. Labels and help are in French, for users. */
export interface OptionsChamp {
  libelle: string;
  aide?: string;
  /** The rule or ambiguity of docs/regles.md that asks for this field. */
  regle?: string;
  unite?: string;
  /** True when the value says something about a named person: masked unless the reader holds `lireNominatif`. */
  nominatif?: boolean;
  /** A field that may stay empty when the candidature is deposited. */
  facultatif?: boolean;
  /** Names of its column in the files of the département's own deposit software, besides its key and its label (AMB-166). */
  colonnes?: readonly string[];
  /** Restricts the reading of the field to these roles (besides its author's structure). */
  visiblePar?: readonly Role[];
}

/**
 * A declared field. `schema` reads the stored JSON (strings for amounts, decimals and dates) and yields the domain value;
 * the GraphQL types, the validation, the JSON Schema and the documentation all come from here.
 */
export interface Champ<Valeur = unknown, Requis extends boolean = boolean> {
  readonly nature: Nature;
  readonly options: OptionsChamp;
  readonly requis: Requis;
  readonly schema: z.ZodType<Valeur>;
}

export type Champs = Readonly<Record<string, Champ>>;

/** The domain values of a set of fields: `Montant`, `Fraction`, `DateCivile`, ..., null where optional and empty. */
export type Valeurs<C extends Champs> = {
  readonly [K in keyof C]: C[K] extends Champ<infer V, infer R> ? (R extends true ? V : V | null) : never;
};

type Requis<O> = O extends { facultatif: true } ? false : true;

function creer<V, const O extends OptionsChamp>(nature: Nature, options: O, schema: z.ZodType<V>): Champ<V, Requis<O>> {
  return { nature, options, requis: !options.facultatif as Requis<O>, schema };
}

function texteConverti<V>(schema: z.ZodString, lire: (texte: string) => V): z.ZodType<V> {
  return schema.transform((texte, contexte) => {
    try {
      return lire(texte);
    } catch (erreur) {
      contexte.addIssue({ code: 'custom', message: (erreur as Error).message });
      return z.NEVER;
    }
  });
}

const TELEPHONE = /^(0|\+[1-9])([ .-]?\d){8,14}$/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;

/** The vocabulary of fields. Amounts are euros as text (`'52000.00'`), decimals are text too: no float anywhere. */
export const champ = {
  texte<const O extends OptionsChamp & { max?: number }>(options: O): Champ<string, Requis<O>> {
    const schema = z
      .string()
      .overwrite(elaguer)
      .min(1)
      .max(options.max ?? 2000);
    return creer<string, O>({ genre: 'texte' }, options, schema);
  },

  courriel<const O extends OptionsChamp>(options: O): Champ<string, Requis<O>> {
    const schema = z
      .string()
      .trim()
      .max(254)
      .pipe(z.email('Écrivez une adresse de courriel, par exemple accueil@exemple.fr.'));
    return creer<string, O>({ genre: 'texte' }, options, schema);
  },

  /** A French number, `03 21 00 00 00`, or an international one, `+33 3 21 00 00 00`: spaces, points and dashes are free. */
  telephone<const O extends OptionsChamp>(options: O): Champ<string, Requis<O>> {
    const schema = z.string().trim().regex(TELEPHONE, 'Écrivez un numéro de téléphone, par exemple 03 21 00 00 00.');
    return creer<string, O>({ genre: 'texte' }, options, schema);
  },

  entier<const O extends OptionsChamp & { min?: number; max?: number }>(options: O): Champ<number, Requis<O>> {
    const schema = z
      .int()
      .min(options.min ?? 0)
      .max(options.max ?? 1_000_000);
    return creer<number, O>({ genre: 'entier' }, options, schema);
  },

  /** An exact decimal; `min` and `max` (inclusive) are decimal texts, `decimales` the most digits after the point. */
  decimal<const O extends OptionsChamp & { min?: string; max?: string; decimales?: number }>(
    options: O,
  ): Champ<Fraction, Requis<O>> {
    const decimales = options.decimales ?? 2;
    const forme = z.string().regex(DECIMAL, 'Écrivez un nombre décimal avec un point, par exemple 1.50.');
    const schema = texteConverti(forme, (texte) => {
      if ((texte.split('.')[1] ?? '').length > decimales) throw new Error(`au plus ${decimales} décimales.`);
      const valeur = Fraction.decimale(texte);
      if (options.min !== undefined && valeur.comparer(Fraction.decimale(options.min)) < 0)
        throw new Error(`au moins ${options.min.replace('.', ',')}.`);
      if (options.max !== undefined && valeur.comparer(Fraction.decimale(options.max)) > 0)
        throw new Error(`au plus ${options.max.replace('.', ',')}.`);
      return valeur;
    });
    return creer<Fraction, O>({ genre: 'decimal' }, options, schema);
  },

  /** An amount in euros, zero or more (`min`, a decimal text, asks for more), at most two decimals. */
  montant<const O extends OptionsChamp & { min?: string }>(options: O): Champ<Montant, Requis<O>> {
    const forme = z
      .string()
      .regex(
        /^\d{1,13}(\.\d{1,2})?$/,
        'Écrivez un montant en euros, positif et de 13 chiffres au plus, par exemple 52000.00.',
      );
    const min = Montant.euros(options.min ?? '0');
    const schema = texteConverti(forme, (texte) => {
      const montant = Montant.euros(texte);
      if (montant.comparer(min) < 0) throw new Error(`Le montant doit être d’au moins ${min.enFrancais()}.`);
      return montant;
    });
    return creer<Montant, O>({ genre: 'montant' }, options, schema);
  },

  /** `quand`: a draft is not judged by it, what is handed in is (`deciderDates`). */
  date<const O extends OptionsChamp & { quand?: QuandDate }>(options: O): Champ<DateCivile, Requis<O>> {
    const forme = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Écrivez une date sous la forme 2026-02-15.');
    return creer<DateCivile, O>(
      { genre: 'date', ...(options.quand && { quand: options.quand }) },
      options,
      texteConverti(forme, (texte) => dateCivile(texte)),
    );
  },

  /** A yes or no; `exige: true` refuses a no (a commitment that the porteur must take). */
  booleen<const O extends OptionsChamp & { exige?: true }>(options: O): Champ<boolean, Requis<O>> {
    const message = 'Cet engagement est nécessaire pour déposer.';
    const schema = options.exige ? z.boolean().refine((valeur) => valeur, message) : z.boolean();
    return creer<boolean, O>({ genre: 'booleen' }, options, schema);
  },

  /** One of the options; keys are GraphQL enum values (`SALAIRES`), values their French labels. */
  choix<const V extends Readonly<Record<string, string>>, const O extends OptionsChamp>(
    valeurs: V,
    options: O,
  ): Champ<keyof V & string, Requis<O>> {
    const schema = z.enum(Object.keys(valeurs) as [string, ...string[]]) as unknown as z.ZodType<keyof V & string>;
    return creer<keyof V & string, O>({ genre: 'choix', options: valeurs }, options, schema);
  },

  /** A table: every row has the given fields. */
  lignes<const C extends Champs, const O extends OptionsChamp & { min?: number; max?: number }>(
    champs: C,
    options: O,
  ): Champ<readonly Valeurs<C>[], Requis<O>> {
    const schema = z
      .array(schemaComplet(champs))
      .min(options.min ?? 0)
      .max(options.max ?? 200) as unknown as z.ZodType<readonly Valeurs<C>[]>;
    return creer<readonly Valeurs<C>[], O>({ genre: 'lignes', champs }, options, schema);
  },
};

const schemas = new WeakMap<Champs, z.ZodType>();

/** The schema of a finished set of fields, made once: what must be there is there, unknown keys are refused. */
export function schemaComplet<C extends Champs>(champs: C): z.ZodType<Valeurs<C>> {
  const connu = schemas.get(champs) ?? fabriquerSchema(champs);
  schemas.set(champs, connu);
  return connu as z.ZodType<Valeurs<C>>;
}

function fabriquerSchema(champs: Champs): z.ZodType {
  const formes = Object.entries(champs).map(([nom, c]) => [
    nom,
    c.requis ? c.schema : c.schema.nullish().default(null),
  ]);
  return z.strictObject(Object.fromEntries(formes));
}

/** The schema of a draft: each given value is checked by itself, any may be missing or null, in rows too. */
export function schemaBrouillon(champs: Champs): z.ZodType<Record<string, unknown>> {
  const formes = Object.entries(champs).map(([nom, c]) => [nom, schemaDeSaisie(c).nullish()]);
  return z.strictObject(Object.fromEntries(formes));
}

function schemaDeSaisie(c: Champ): z.ZodType {
  return c.nature.genre === 'lignes' ? z.array(schemaBrouillon(c.nature.champs)).max(200) : c.schema;
}

/** The JSON Schema (2020-12) of the stored form, with French titles: what a front-end draws a form from. */
export function jsonSchema(champs: Champs): Record<string, unknown> {
  const schema = z.toJSONSchema(schemaComplet(champs), { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Record<string, unknown>>;
  };
  for (const [nom, c] of Object.entries(champs)) {
    const propriete = schema.properties?.[nom];
    if (propriete === undefined) continue;
    propriete['title'] = c.options.libelle;
    if (c.options.aide) propriete['description'] = c.options.aide;
    if (c.options.unite) propriete['x-unite'] = c.options.unite;
    if (c.options.regle) propriete['x-regle'] = c.options.regle;
    if (c.nature.genre === 'date' && c.nature.quand) propriete['x-quand'] = c.nature.quand;
    if (c.options.nominatif) propriete['x-nominatif'] = true;
    if (c.nature.genre === 'choix') propriete['x-libelles'] = c.nature.options;
    if (c.nature.genre === 'lignes') propriete['items'] = jsonSchema(c.nature.champs);
  }
  return schema;
}

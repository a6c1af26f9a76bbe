import { Field, InputType, Int, registerEnumType, type ReturnTypeFuncValue } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import type { Champ, Champs, OptionsChamp } from './champ.js';
import { DateCivileScalaire, DecimalScalaire, MontantScalaire } from './scalaires.js';

type TypeGraphql = () => ReturnTypeFuncValue;

/** How the API shows a declared field: as a value, or as a table whose rows have a type of their own. */
export interface SortieDeChamp {
  readonly description: string;
  readonly options: OptionsChamp;
  readonly forme: { readonly type: TypeGraphql } | { readonly nom: string; readonly champs: Sorties };
}

export type Sorties = Readonly<Record<string, SortieDeChamp>>;

/** What the API takes and shows of a set of fields: made once per declaration, with French descriptions. */
export interface TypesGraphql {
  readonly entree: Type<Record<string, unknown>>;
  readonly sorties: Sorties;
}

/**
 * Makes `<nom>Input` and the types that its fields need, and says how `<nom>` shows them. In both every field is nullable: a
 * draft may lack any, and completeness is checked at deposit, with a code and a path.
 */
export function fabriquerTypes(nom: string, champs: Champs): TypesGraphql {
  const entree = classe(`${nom}Input`);
  const sorties = Object.entries(champs).map(([cle, champ]): [string, SortieDeChamp] => {
    const { forme, saisie } = typesDuChamp(`${nom}${majuscule(cle)}`, champ);
    const description = decrire(champ);
    Field(saisie, { nullable: true, description })(entree.prototype as object, cle);
    return [cle, { description, options: champ.options, forme }];
  });
  InputType(`${nom}Input`)(entree);
  return { entree, sorties: Object.fromEntries(sorties) };
}

function typesDuChamp(nom: string, champ: Champ): { forme: SortieDeChamp['forme']; saisie: TypeGraphql } {
  const nature = champ.nature;
  switch (nature.genre) {
    case 'texte':
      return valeur(() => String);
    case 'entier':
      return valeur(() => Int);
    case 'booleen':
      return valeur(() => Boolean);
    case 'decimal':
      return valeur(() => DecimalScalaire);
    case 'montant':
      return valeur(() => MontantScalaire);
    case 'date':
      return valeur(() => DateCivileScalaire);
    case 'choix': {
      const valeurs = Object.fromEntries(Object.keys(nature.options).map((cle) => [cle, cle]));
      const descriptions = Object.entries(nature.options).map(
        ([cle, libelle]) => [cle, { description: libelle }] as const,
      );
      registerEnumType(valeurs, {
        name: nom,
        description: champ.options.libelle,
        valuesMap: Object.fromEntries(descriptions),
      });
      return valeur(() => valeurs);
    }
    case 'lignes': {
      const { entree, sorties } = fabriquerTypes(nom, nature.champs);
      return { forme: { nom, champs: sorties }, saisie: () => [entree] };
    }
  }
}

function valeur(type: TypeGraphql): { forme: SortieDeChamp['forme']; saisie: TypeGraphql } {
  return { forme: { type }, saisie: type };
}

/** A fresh class with a given name: the decorators of @nestjs/graphql hang on it. */
function classe(nom: string): Type<Record<string, unknown>> {
  return { [nom]: class {} }[nom] as Type<Record<string, unknown>>;
}

function decrire(champ: Champ): string {
  const { libelle, aide, unite, regle } = champ.options;
  const unites = unite ? ` (${unite})` : '';
  return [`${libelle}${unites}.`, aide, regle && `Règle ${regle}.`].filter(Boolean).join(' ');
}

function majuscule(mot: string): string {
  return mot.charAt(0).toUpperCase() + mot.slice(1);
}

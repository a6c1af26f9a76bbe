import { Field, InputType, Int, ObjectType, registerEnumType, type ReturnTypeFuncValue } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import type { Champ, Champs } from './champ.js';
import { DateCivileScalaire, DecimalScalaire, MontantScalaire } from './scalaires.js';

type TypeGraphql = () => ReturnTypeFuncValue;

/** The GraphQL classes of a set of fields: made once per declaration, with French descriptions. */
export interface TypesGraphql {
  entree: Type<Record<string, unknown>>;
  sortie: Type<Record<string, unknown>>;
}

/**
 * Makes `<nom>` (output) and `<nom>Input` from declared fields. In both every field is nullable: a draft may lack any,
 * and completeness is checked at deposit, with a code and a path.
 */
export function fabriquerTypes(nom: string, champs: Champs): TypesGraphql {
  const sortie = classe(nom);
  const entree = classe(`${nom}Input`);
  for (const [cle, champ] of Object.entries(champs)) {
    const type = typesDuChamp(`${nom}${majuscule(cle)}`, champ);
    const description = decrire(champ);
    const enListe = champ.nature.genre === 'lignes';
    const options = { nullable: true, description };
    Field(() => enListeSi(enListe, type.sortie()), options)(sortie.prototype as object, cle);
    Field(() => enListeSi(enListe, type.entree()), options)(entree.prototype as object, cle);
  }
  ObjectType(nom)(sortie);
  InputType(`${nom}Input`)(entree);
  return { sortie, entree };
}

function typesDuChamp(nom: string, champ: Champ): { sortie: TypeGraphql; entree: TypeGraphql } {
  const nature = champ.nature;
  switch (nature.genre) {
    case 'texte':
      return memes(() => String);
    case 'entier':
      return memes(() => Int);
    case 'booleen':
      return memes(() => Boolean);
    case 'decimal':
      return memes(() => DecimalScalaire);
    case 'montant':
      return memes(() => MontantScalaire);
    case 'date':
      return memes(() => DateCivileScalaire);
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
      return memes(() => valeurs);
    }
    case 'lignes': {
      const types = fabriquerTypes(nom, nature.champs);
      return { sortie: () => types.sortie, entree: () => types.entree };
    }
  }
}

function enListeSi(enListe: boolean, type: ReturnTypeFuncValue): ReturnTypeFuncValue {
  return enListe ? ([type] as ReturnTypeFuncValue) : type;
}

function memes(type: TypeGraphql): { sortie: TypeGraphql; entree: TypeGraphql } {
  return { sortie: type, entree: type };
}

/** A fresh class with a given name: the decorators of @nestjs/graphql hang on it. */
export function classe(nom: string): Type<Record<string, unknown>> {
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

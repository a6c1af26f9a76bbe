import 'reflect-metadata';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import type { Type } from '@nestjs/common';

/** Left on every resolver method by the decorators of @nestjs/graphql. */
const TYPE_OPERATION = 'graphql:resolver_type';
const NOM_OPERATION = 'graphql:resolver_name';

/** The root fields that a plugin's Nest module adds to the API: `Query.demoListe`, `Mutation.demoFaire`. */
export function operationsDuModule(module: Type | undefined): string[] {
  if (module === undefined) return [];
  const fournisseurs = (Reflect.getMetadata(MODULE_METADATA.PROVIDERS, module) ?? []) as unknown[];
  const importes = (Reflect.getMetadata(MODULE_METADATA.IMPORTS, module) ?? []) as unknown[];
  return [
    ...fournisseurs.filter(estClasse).flatMap(operationsDeLaClasse),
    ...importes.filter(estClasse).flatMap(operationsDuModule),
  ];
}

function operationsDeLaClasse(classe: Type): string[] {
  const prototype = classe.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((methode) => {
    const cible = prototype[methode];
    if (typeof cible !== 'function') return [];
    const type = Reflect.getMetadata(TYPE_OPERATION, cible) as string | undefined;
    if (type !== 'Query' && type !== 'Mutation') return [];
    const nom = (Reflect.getMetadata(NOM_OPERATION, cible) as string | undefined) ?? methode;
    return [`${type}.${nom}`];
  });
}

function estClasse(valeur: unknown): valeur is Type {
  return typeof valeur === 'function';
}

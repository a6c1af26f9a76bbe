import 'reflect-metadata';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import type { DynamicModule, Type } from '@nestjs/common';

/** Left on every resolver method by the decorators of @nestjs/graphql. */
const TYPE_OPERATION = 'graphql:resolver_type';
const NOM_OPERATION = 'graphql:resolver_name';

/**
 * The root fields that a plugin's Nest module adds to the API, by its own resolvers or by the modules that it imports, dynamic
 * ones included (`SillageReadModule.forFeature`): `Query.demoListe`, `Mutation.demoFaire`.
 */
export function operationsDuModule(module: Type | undefined): string[] {
  return module === undefined ? [] : operations(module);
}

function operations(module: Type | DynamicModule): string[] {
  if (typeof module !== 'function') {
    const { module: classe, providers = [], imports = [] } = module;
    return [...operations(classe), ...desParties(providers, imports)];
  }
  const lire = (cle: string): unknown[] => (Reflect.getMetadata(cle, module) ?? []) as unknown[];
  return desParties(lire(MODULE_METADATA.PROVIDERS), lire(MODULE_METADATA.IMPORTS));
}

function desParties(fournisseurs: readonly unknown[], importes: readonly unknown[]): string[] {
  return [
    ...fournisseurs.filter(estClasse).flatMap(operationsDeLaClasse),
    ...importes.filter((importe) => estClasse(importe) || estModule(importe)).flatMap(operations),
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

function estModule(valeur: unknown): valeur is DynamicModule {
  return typeof valeur === 'object' && valeur !== null && 'module' in valeur;
}

import { describe, expect, it } from '@jest/globals';
import { CODES_PROTOCOLE, ErreurValeur, Refus } from '@sillage/kernel';
import { UniteAbandonnee } from '@sillage/persistence';
import { GraphQLError } from 'graphql';
import { QueryFailedError } from 'typeorm';
import { erreurProtocole } from './erreurs.js';
import { estImprevue, formaterErreur } from './formater-erreur.js';

/** As Apollo calls it: the error of a resolver is wrapped, and has Apollo's code when it had none. */
function formater(originalError: Error): ReturnType<typeof formaterErreur> {
  const erreur = new GraphQLError(originalError.message, { originalError, path: ['champ'] });
  const { extensions = {}, ...reste } = erreur.toJSON();
  return formaterErreur(
    { ...reste, extensions: { code: 'INTERNAL_SERVER_ERROR', ...extensions, stacktrace: ['pile'] } },
    erreur,
  );
}

function requeteRefusee(code: string): QueryFailedError {
  return new QueryFailedError('select $1', ['Camille Secret'], Object.assign(new Error('Camille Secret'), { code }));
}

describe('formaterErreur', () => {
  it('ne laisse d’une erreur imprévue que son code', () => {
    expect(formater(new TypeError('Camille Secret'))).toEqual({
      message: CODES_PROTOCOLE.ERREUR_INTERNE.description,
      path: ['champ'],
      extensions: { code: 'ERREUR_INTERNE' },
    });
    expect(JSON.stringify(formater(requeteRefusee('22P02')))).not.toMatch(/Secret|select|pile/);
  });

  it.each(['ECONNREFUSED', '57P01', '53300', '08006', '40001', '57014'])(
    'dit indisponible ce qui peut guérir (%s)',
    (code) => {
      expect(formater(requeteRefusee(code)).extensions?.['code']).toBe('SERVICE_INDISPONIBLE');
    },
  );

  it('dit indisponible un service qui s’arrête', () => {
    expect(formater(new UniteAbandonnee('fin')).extensions?.['code']).toBe('SERVICE_INDISPONIBLE');
  });

  it('rend un refus avec son code, sa règle et le champ en cause', () => {
    const refus = Refus.de('INTROUVABLE', 'Rien à cet identifiant.', { path: ['id'], regle: 'TRANS-29' });
    expect(formater(refus)).toMatchObject({
      message: 'Rien à cet identifiant.',
      extensions: { code: 'INTROUVABLE', regle: 'TRANS-29', champ: ['id'] },
    });
    expect(estImprevue(new GraphQLError('x', { originalError: refus, path: ['champ'] }))).toBe(false);
  });

  it('rend le message français d’une valeur impossible', () => {
    expect(formater(new ErreurValeur('Le 30 février n’existe pas.'))).toMatchObject({
      message: 'Le 30 février n’existe pas.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('ne croit pas un code que la table ne connaît pas', () => {
    const erreur = new GraphQLError('texte d’une bibliothèque', { extensions: { code: 'DOWNSTREAM', secret: 1 } });
    expect(formaterErreur(erreur.toJSON(), erreur)).toEqual({
      message: CODES_PROTOCOLE.ERREUR_INTERNE.description,
      extensions: { code: 'ERREUR_INTERNE' },
    });
    expect(estImprevue(erreur)).toBe(true);
  });

  it('garde les fautes de protocole', () => {
    const erreur = erreurProtocole('PAGE_TROP_GRANDE', 'Trop.');
    expect(formaterErreur(erreur.toJSON(), erreur)).toEqual({
      message: 'Trop.',
      extensions: { code: 'PAGE_TROP_GRANDE' },
    });
    expect(estImprevue(erreur)).toBe(false);
  });
});

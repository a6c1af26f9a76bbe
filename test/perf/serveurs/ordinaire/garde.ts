import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { ContexteRequete } from './contexte.js';

const { OIDC_EMETTEUR, OIDC_AUDIENCE, OIDC_JWKS_URL = '', OIDC_ALGORITHMES = '' } = process.env;

@Injectable()
export class GardeJeton implements CanActivate {
  private readonly cles = createRemoteJWKSet(new URL(OIDC_JWKS_URL));

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const { requete } = GqlExecutionContext.create(execution).getContext<{ requete: ContexteRequete }>();
    const jeton = (requete.req.headers.authorization ?? '').replace(/^Bearer /, '');
    try {
      const { payload } = await jwtVerify<{ departement: string }>(jeton, this.cles, {
        issuer: OIDC_EMETTEUR,
        audience: OIDC_AUDIENCE,
        algorithms: OIDC_ALGORITHMES.split(','),
      });
      requete.departement = payload.departement;
      return true;
    } catch {
      throw new UnauthorizedException();
    }
  }
}

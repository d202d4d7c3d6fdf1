import { applyDecorators } from '@nestjs/common';

/**
 * The decorators of @nestjs/swagger that describe the API, deferred until the first request for the document: loading that package takes a
 * quarter of a start, and most runs never need it. Import them from here.
 */
type Swagger = typeof import('@nestjs/swagger');
type Decorator = ClassDecorator | MethodDecorator | PropertyDecorator;

const waiting: ((swagger: Swagger) => void)[] = [];

const later =
  <Given extends unknown[]>(decorator: (swagger: Swagger) => (...given: Given) => Decorator) =>
  (...given: Given): ReturnType<typeof applyDecorators> =>
  (target, key, descriptor) =>
    void waiting.push((swagger) => applyDecorators(decorator(swagger)(...given))(target, key, descriptor));

export const ApiBody = later((swagger) => swagger.ApiBody);
export const ApiExcludeController = later((swagger) => swagger.ApiExcludeController);
export const ApiExtraModels = later((swagger) => swagger.ApiExtraModels);
export const ApiHeader = later((swagger) => swagger.ApiHeader);
export const ApiOperation = later((swagger) => swagger.ApiOperation);
export const ApiParam = later((swagger) => swagger.ApiParam);
export const ApiProduces = later((swagger) => swagger.ApiProduces);
export const ApiQuery = later((swagger) => swagger.ApiQuery);
export const ApiResponse = later((swagger) => swagger.ApiResponse);
export const ApiSecurity = later((swagger) => swagger.ApiSecurity);
export const ApiTags = later((swagger) => swagger.ApiTags);

/** Loads @nestjs/swagger, and applies the deferred decorators, in the order of the code. */
export async function loadSwagger(): Promise<Swagger> {
  const swagger = await import('@nestjs/swagger');
  for (const decorate of waiting.splice(0)) decorate(swagger);
  return swagger;
}

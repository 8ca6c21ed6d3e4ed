# Belfry as a static site behind nginx. `docker compose up --build` builds and runs it; docs/deployment.md says more.

FROM node:20-bookworm-slim AS build
WORKDIR /belfry
# The packages first: they change less often than the sources.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
# Another model in the place of the one of this repository: the address of its manifest.json and the SHA-256 of that,
# which names the files and theirs. Before the build, so that browsers learn that it has changed.
ARG MODEL_URL=""
ARG MODEL_SHA256=""
RUN node tools/fetch-model.mjs "$MODEL_URL" "$MODEL_SHA256" public/models/belfry-two-tower
RUN npm run build
# Whatever rights the files had where they came from, the server's user must be able to read them.
RUN chmod -R a+rX dist nginx

FROM nginx:1.28-alpine
# Only nginx.conf's own includes are read; the image's default site and its start scripts stay out of it. Models may be
# mounted at the folder that is made here.
RUN rm -rf /usr/share/nginx/html /etc/nginx/conf.d && mkdir -p /var/lib/belfry/models
COPY --from=build /belfry/nginx/ /etc/belfry/
COPY --from=build /belfry/dist/ /usr/share/nginx/html/
USER nginx
EXPOSE 8080
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --retries=3 \
  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/healthz"]
# Everything that is written is under /tmp, so the rest of the file system may be read-only.
ENTRYPOINT ["sh", "/etc/belfry/start.sh"]

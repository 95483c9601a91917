# One image for every role; configuration comes from the environment alone (see docs/ and deploy/).
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# Packages first, so that a change of code does not restore them again.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/Actors/*.csproj src/Actors/
COPY src/Web/*.csproj src/Web/
RUN dotnet restore src/Web

COPY hocon/ hocon/
COPY src/ src/
RUN dotnet publish src/Web -c Release --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
ENV ASPNETCORE_ENVIRONMENT=Production \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 \
    HOST=0.0.0.0 \
    PORT=8080 \
    CLUSTER_PORT=8110
EXPOSE 8080 8110
USER $APP_UID
# The server is process 1 and so gets SIGTERM itself: it drains, hands its shards over and leaves.
ENTRYPOINT ["dotnet", "WildNOut.Web.dll"]
